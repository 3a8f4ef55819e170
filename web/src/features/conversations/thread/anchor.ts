import type { Message } from '../types'

/** The id a bubble has on the page. */
export function anchorOf(message: Message): string {
  return `message-${message.id}`
}
