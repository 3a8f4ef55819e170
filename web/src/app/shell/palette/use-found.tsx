import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { titleOf } from '@/features/conversations/person'
import { api, unwrap } from '@/shared/api/client'
import { useCan } from '@/shared/api/can'
import { PersonAvatar } from '@/shared/ui/person-avatar'
import { matching, type Entry, type EntryGroup } from './entries'

const SHORTEST = 2
const MOST = 5
const PAUSE = 180

/** What the server knows by that name. */
export function useFound(typed: string): readonly EntryGroup[] {
  const { t } = useTranslation()
  const [query] = useDebouncedValue(typed.trim(), PAUSE)
  const conversations = useConversationEntries(query)

  // The answer to an earlier question would only flicker.
  if (typed.trim().length < SHORTEST) return []
  return [{ title: t('conversations.title'), entries: conversations }]
}

/** Among the newest: the names of older ones only the server could search. */
function useConversationEntries(query: string): readonly Entry[] {
  const can = useCan()
  const navigate = useNavigate()
  const { data } = useQuery({
    queryKey: ['palette', 'conversations'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/conversations', {
          params: { query: { status: 'all', limit: 100 } },
          signal,
        }),
      ),
    enabled: query.length >= SHORTEST && can('conversations.read'),
    placeholderData: keepPreviousData,
  })
  const entries = (data?.items ?? []).map(({ id, contact, last_message }) => ({
    id,
    label: titleOf(contact) ?? '',
    detail: last_message?.preview ?? undefined,
    icon: <PersonAvatar name={titleOf(contact)} seed={contact.id} size={26} />,
    run: () =>
      void navigate({ to: '/conversations/$conversationId', params: { conversationId: id } }),
  }))
  return matching(entries, query).slice(0, MOST)
}
