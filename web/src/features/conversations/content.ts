import { readRecord, readString } from '@/shared/json/read'
import type { Message } from './types'

/** The words of a message, for a list, a quote or a screen reader. What has none says its kind instead. */
export function previewText(message: Pick<Message, 'type' | 'content'>): string | undefined {
  const { content } = message
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
