import { useQueryClient } from '@tanstack/react-query'
import { requestKey } from '@/shared/api/request-key'
import { useCurrentUser } from '@/shared/api/current-user'
import { putLinks } from '../media/links'
import type { Message } from '../types'
import { send, type MessageWrite, type Outgoing, type OutgoingFile } from './outgoing'

export interface Written {
  body: MessageWrite
  quoted?: Message | undefined
  file?: Pick<OutgoingFile, 'kind' | 'blob' | 'name' | 'isVoice'> | undefined
}

/** Sends what somebody wrote into a conversation; it is in the thread at once. */
export function useSend(conversationId: string): (written: Written) => void {
  const queries = useQueryClient()
  const authorId = useCurrentUser()?.id ?? ''

  return ({ body, quoted, file }) => {
    const key = requestKey()
    const message = shownMeanwhile(key, conversationId, body, quoted)
    const item: Outgoing = {
      key,
      conversationId,
      authorId,
      body: { ...body, ...(quoted && { reply_to: quoted.id }) },
      message,
      state: 'waiting',
    }
    if (!file) {
      send(queries, item)
      return
    }
    const url = URL.createObjectURL(file.blob)
    putLinks(queries, message, { url, thumbnail_url: null, download_url: url })
    send(queries, {
      ...item,
      message: { ...message, media: mediaOf(file) },
      file: { ...file, url, progress: 0 },
    })
  }
}

/** As the server will tell it. */
function mediaOf({ blob, name }: Pick<OutgoingFile, 'blob' | 'name'>): Message['media'] {
  return {
    state: 'stored',
    error: null,
    mime_type: blob.type,
    file_name: name ?? null,
    size: blob.size,
    width: null,
    height: null,
    has_thumbnail: false,
  }
}

function shownMeanwhile(
  key: string,
  conversationId: string,
  { type, content }: MessageWrite,
  quoted: Message | undefined,
): Message {
  return {
    id: `outgoing-${key}`,
    conversation_id: conversationId,
    direction: 'outbound',
    sender_type: 'agent',
    type,
    content,
    status: 'pending',
    error_code: null,
    error_message: null,
    metadata: quoted ? { reply_to: quoted.whatsapp_message_id } : {},
    whatsapp_message_id: null,
    media: null,
    created_at: new Date().toISOString(),
    sent_at: null,
    delivered_at: null,
    read_at: null,
    failed_at: null,
  }
}
