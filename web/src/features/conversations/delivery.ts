import { revisionOf } from './marks'
import type { Message } from './types'

/** What is known of a message only grows: a late "sent" says nothing new about one that was read. */
const RANKS: Record<string, number> = {
  pending: 0,
  accepted: 1,
  unknown: 2,
  sent: 3,
  failed: 4,
  delivered: 5,
  read: 6,
  played: 7,
}

export function statusRank(status: string): number {
  return RANKS[status] ?? 0
}

export function laterStatus(one: string, other: string): string {
  return statusRank(other) > statusRank(one) ? other : one
}

/** Two reports about one message, in whatever order they came. Gives `known` itself back when nothing is new. */
export function mergeMessage(known: Message, told: Message): Message {
  const rises = statusRank(told.status) > statusRank(known.status)
  const learnt = revisionOf(told) - revisionOf(known)
  const newer = rises ? told : known
  const marked = learnt === 0 ? newer : learnt > 0 ? told : known
  const merged: Message = {
    ...newer,
    content: marked.content,
    metadata: marked.metadata,
    whatsapp_message_id: known.whatsapp_message_id ?? told.whatsapp_message_id,
    sent_at: known.sent_at ?? told.sent_at,
    delivered_at: known.delivered_at ?? told.delivered_at,
    read_at: known.read_at ?? told.read_at,
    failed_at: known.failed_at ?? told.failed_at,
    media: laterMedia(known.media, told.media),
  }
  return same(known, merged) ? known : merged
}

/** A file that is here stays here; until then the last word counts. */
function laterMedia(known: Message['media'], told: Message['media']): Message['media'] {
  if (!told || known?.state === 'stored') return known
  return known?.state === told.state && known.error === told.error ? known : told
}

const REPORTED = [
  'status',
  'error_code',
  'error_message',
  'whatsapp_message_id',
  'sent_at',
  'delivered_at',
  'read_at',
  'failed_at',
  'media',
] as const

function same(one: Message, other: Message): boolean {
  return REPORTED.every((key) => one[key] === other[key]) && revisionOf(one) === revisionOf(other)
}
