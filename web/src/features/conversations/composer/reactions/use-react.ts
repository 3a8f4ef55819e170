import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, unwrap } from '@/shared/api/client'
import { requestKey } from '@/shared/api/request-key'
import { errorText } from '@/shared/api/use-error-text'
import { readRecord, readString } from '@/shared/json/read'
import { toastFailed } from '@/shared/ui/toast'
import { applyEvents } from '../../live/apply-events'
import type { Message } from '../../types'

/** Reacts to a message, in place of an earlier reaction of ours; nothing takes that one back. */
export function useReact(message: Message) {
  const queries = useQueryClient()
  const { t } = useTranslation()
  return useMutation({
    mutationFn: (emoji: string) =>
      unwrap(
        api.POST('/api/v1/conversations/{conversation_id}/messages', {
          params: {
            path: { conversation_id: message.conversation_id },
            header: { 'Idempotency-Key': requestKey() },
          },
          body: { type: 'reaction', content: { message_id: message.id, emoji } },
        }),
      ),
    onSuccess: (reaction) => {
      const payload = { conversation_id: message.conversation_id, message: reaction }
      applyEvents(queries, [{ type: 'message.created', payload, createdAt: reaction.created_at }])
    },
    onError: (error) => toastFailed(errorText(error, t)),
  })
}

/** What we have reacted with. */
export function ourReaction({ metadata }: Message): string | undefined {
  const ours = readRecord(readRecord(metadata, 'reactions') ?? {}, 'business')
  return ours && readString(ours, 'emoji')
}
