import { readString } from '@/shared/json/read'
import type { Message } from '../types'
import type { Outgoing } from './outgoing'

/** A thread with what is on its way at its end, whatever the clock of this computer says. */
export function withOutgoing(messages: Message[], outgoing: Outgoing[]): Message[] {
  const newest = messages.at(-1)?.created_at ?? ''
  const shown = outgoing.filter((item) => !hasEchoed(messages, item))
  return [
    ...messages,
    ...shown.map(({ message }) =>
      Date.parse(message.created_at) < Date.parse(newest)
        ? { ...message, created_at: newest }
        : message,
    ),
  ]
}

/** The event of a message may arrive before the answer to the request that made it. */
function hasEchoed(messages: Message[], { state, after, body }: Outgoing): boolean {
  if (state !== 'sending') return false
  const since = messages.findIndex(({ id }) => id === after) + 1
  return messages
    .slice(since)
    .some(
      ({ sender_type, type, content }) =>
        sender_type === 'agent' &&
        type === body.type &&
        ECHOED.every((field) => readString(content, field) === readString(body.content, field)),
    )
}

const ECHOED = ['text', 'caption', 'media_file_id']
