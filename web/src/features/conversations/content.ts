import { readRecord, readString } from '@/shared/json/read'
import type { Message } from './types'

/** A form that the customer has sent. Its text is a word of WhatsApp's, the same in every language. */
export function isFormAnswer({ type, content }: Pick<Message, 'type' | 'content'>): boolean {
  if (type !== 'interactive' || content.form === undefined) return false
  return readString(readRecord(content, 'form') ?? {}, 'flow_cta') === undefined
}

/** The words of a message, for a list, a quote or a screen reader. What has none says its kind instead. */
export function previewText(message: Pick<Message, 'type' | 'content'>): string | undefined {
  const { content } = message
  if (isFormAnswer(message)) return undefined
  switch (message.type) {
    case 'reaction':
      return readString(content, 'emoji')
    case 'location':
      return readString(content, 'name') ?? readString(content, 'address')
    case 'document':
      return readString(content, 'caption') ?? readString(content, 'filename')
    case 'template':
      return readString(content, 'text')
    default:
      return (
        readString(content, 'text') ??
        readString(content, 'caption') ??
        readString(readRecord(content, 'reply') ?? {}, 'title')
      )
  }
}
