import { dayKey } from '@/shared/format/time'
import { readRecord, readString } from '@/shared/json/read'
import { isApplied, reactionsTo } from '../marks'
import type { Message } from '../types'

export interface Quote {
  whatsappId: string
  /** Absent when the quoted message is not on the page. */
  message?: Message | undefined
}

export interface BubbleItem {
  kind: 'bubble'
  message: Message
  /** Whether it begins, or ends, a run of messages of one sender. */
  first: boolean
  last: boolean
  quote: Quote | undefined
  reactions: string[]
}

export type DayItem = BubbleItem | { kind: 'notice'; message: Message }

export interface Day {
  /** `2026-03-09` */
  key: string
  at: Date
  items: DayItem[]
}

/** Longer pauses begin a new run even of the same sender. */
const PAUSE = 5 * 60_000

/** A thread as it is read: days, runs of bubbles, quotes found, what was applied to others left out. */
export function buildTimeline(messages: Message[], zone: string): Day[] {
  const byWhatsappId = new Map(messages.map((message) => [message.whatsapp_message_id, message]))
  const shown = messages.filter((message) => !isApplied(message))

  const days: Day[] = []
  for (const [index, message] of shown.entries()) {
    const at = new Date(message.created_at)
    const key = dayKey(at, zone)
    const today = days.at(-1)?.key === key ? days.at(-1) : undefined
    const before = today && shown[index - 1]
    const item: DayItem = isNotice(message)
      ? { kind: 'notice', message }
      : {
          kind: 'bubble',
          message,
          first: !before || !sameRun(before, message),
          last: endsRun(message, shown[index + 1], zone),
          quote: findQuote(message, shown[index - 1], byWhatsappId),
          reactions: reactionsTo(message),
        }
    if (today) today.items.push(item)
    else days.push({ key, at, items: [item] })
  }
  return days
}

function endsRun(message: Message, after: Message | undefined, zone: string): boolean {
  if (!after || !sameRun(message, after)) return true
  return dayKey(new Date(message.created_at), zone) !== dayKey(new Date(after.created_at), zone)
}

function sameRun(one: Message, next: Message): boolean {
  return (
    one.direction === next.direction &&
    one.sender_type === next.sender_type &&
    !isNotice(one) &&
    !isNotice(next) &&
    Date.parse(next.created_at) - Date.parse(one.created_at) < PAUSE
  )
}

/** A reaction of ours that WhatsApp refused is shown as a message, with the reason. */
function isNotice({ type, status }: Message): boolean {
  return type === 'system' || (type === 'reaction' && status !== 'failed')
}

/** The answer to a question just above it needs no reminder of the question. */
function findQuote(
  message: Message,
  before: Message | undefined,
  byWhatsappId: Map<string | null, Message>,
): Quote | undefined {
  const context = readRecord(message.metadata, 'context')
  const id =
    (context && readString(context, 'replied_to')) ??
    readString(message.metadata, 'reply_to') ??
    reactedTo(message)
  if (id === undefined) return undefined
  const quoted = byWhatsappId.get(id)
  const tapped = message.type === 'interactive' || message.type === 'button'
  return tapped && quoted !== undefined && quoted === before
    ? undefined
    : { whatsappId: id, message: quoted }
}

/** The message under which a reaction of ours is missing. */
function reactedTo({ type, content }: Message): string | undefined {
  return type === 'reaction' ? readString(content, 'message_id') : undefined
}
