import { readNumber, readRecord, readRecords, readString, type Json } from '@/shared/json/read'
import { isFormAnswer, previewText } from './content'
import type { Message } from './types'

type Marked = Pick<Message, 'metadata'>

/** It speaks of another message, which shows its effect; by itself it is not shown. */
export function isApplied({ type, metadata }: Pick<Message, 'type' | 'metadata'>): boolean {
  return (type === 'system' || type === 'reaction') && metadata.applied === true
}

export function isRevoked({ metadata }: Marked): boolean {
  return readRecord(metadata, 'revoked') !== undefined
}

/** What the message said before, oldest first. */
export function earlierWords({ type, metadata }: Pick<Message, 'type' | 'metadata'>): string[] {
  const original = readRecord(metadata, 'original')
  const edits = readRecords(metadata, 'edits')
  if (!original || edits.length === 0) return []
  const before: Json[] = [
    original,
    ...edits.slice(0, -1).map((edit) => readRecord(edit, 'content') ?? {}),
  ]
  return before.map((content) => previewText({ type, content }) ?? '')
}

/** One of each side at most; in a group, of each of its people. */
export function reactionsTo({ metadata }: Marked): string[] {
  const reactions = readRecord(metadata, 'reactions') ?? {}
  return Object.keys(reactions).flatMap(
    (who) => readString(readRecord(reactions, who) ?? {}, 'emoji') ?? [],
  )
}

/** Of two reports about one message, the one with the higher revision is the later. */
export function revisionOf({ metadata }: Marked): number {
  return readNumber(metadata, 'revision') ?? 0
}

/** How a list names the kind of a message. */
export function listedKind(message: Message): string {
  if (isRevoked(message)) return 'revoked'
  if (message.direction === 'inbound' && isFormAnswer(message)) return 'form'
  const permission = readRecord(message.content, 'call_permission')
  if (message.direction === 'inbound' && permission) {
    return readString(permission, 'response') === 'accept' ? 'calls_permitted' : 'calls_refused'
  }
  if (message.type === 'reaction' && !readString(message.content, 'emoji')) return 'unreacted'
  if (message.direction === 'outbound' && 'product' in message.content) return 'product'
  if (message.type !== 'system') return message.type
  const change = readString(message.content, 'type')
  if (change === 'edit') return 'edited'
  return change === 'revoke' ? 'revoked' : message.type
}

export function listedWords(message: Message): string | null {
  return isApplied(message) && message.type === 'system' ? null : (previewText(message) ?? null)
}
