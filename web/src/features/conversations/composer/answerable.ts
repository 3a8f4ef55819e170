import { isRevoked } from '../marks'
import type { Message } from '../types'

const SILENT = ['system', 'reaction', 'note']

/** Whether WhatsApp knows the message, so that an answer can quote it. */
export function isAnswerable(message: Message): boolean {
  return (
    message.whatsapp_message_id !== null &&
    message.status !== 'failed' &&
    !SILENT.includes(message.type) &&
    !isRevoked(message)
  )
}

/** The message before or after the quoted one; nothing beyond the newest, where no answer quotes any. */
export function nextQuote(
  messages: Message[],
  quoted: Message | undefined,
  step: -1 | 1,
): Message | undefined {
  const known = messages.filter(isAnswerable)
  const at = quoted ? known.findIndex(({ id }) => id === quoted.id) : known.length
  return known[at + step] ?? (step === -1 ? quoted : undefined)
}
