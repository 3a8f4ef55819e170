import { dayKey } from '@/shared/format/time'
import { readRecord, readString } from '@/shared/json/read'
import type { Message } from '../types'

export interface Quote {
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

export type TimelineItem =
  { kind: 'day'; at: Date } | { kind: 'notice'; message: Message } | BubbleItem

/** Longer pauses begin a new run even of the same sender. */
const PAUSE = 5 * 60_000

/** A thread as it is read: days, runs of bubbles, quotes found, reactions hung on what they react to. */
export function buildTimeline(messages: Message[], zone: string): TimelineItem[] {
  const byWhatsappId = new Map(messages.map((message) => [message.whatsapp_message_id, message]))
  const reactions = collectReactions(messages)
  const shown = messages.filter((message) => {
    const target = reactionTarget(message)
    return target === undefined || !byWhatsappId.has(target)
  })

  return shown.flatMap((message, index) => {
    const before = shown[index - 1]
    const after = shown[index + 1]
    const at = new Date(message.created_at)
    const newDay = !before || dayKey(new Date(before.created_at), zone) !== dayKey(at, zone)
    const item: TimelineItem =
      message.type === 'system'
        ? { kind: 'notice', message }
        : {
            kind: 'bubble',
            message,
            first: newDay || !sameRun(before, message),
            last: !after || !sameRun(message, after),
            quote: findQuote(message, before, byWhatsappId),
            reactions: reactions.get(message.whatsapp_message_id ?? '') ?? [],
          }
    return newDay ? [{ kind: 'day', at }, item] : [item]
  })
}

function sameRun(one: Message, next: Message): boolean {
  return (
    one.direction === next.direction &&
    one.sender_type === next.sender_type &&
    one.type !== 'system' &&
    next.type !== 'system' &&
    Date.parse(next.created_at) - Date.parse(one.created_at) < PAUSE
  )
}

function reactionTarget(message: Message): string | undefined {
  return message.type === 'reaction' ? readString(message.content, 'message_id') : undefined
}

/** Each side has one reaction to a message: the last one it gave, or none after taking it back. */
function collectReactions(messages: Message[]): Map<string, string[]> {
  const given = new Map<string, Map<string, string | undefined>>()
  for (const message of messages) {
    const target = reactionTarget(message)
    if (target === undefined) continue
    const sides = given.get(target) ?? new Map<string, string | undefined>()
    sides.set(message.direction, readString(message.content, 'emoji'))
    given.set(target, sides)
  }
  return new Map(
    [...given].map(([target, sides]) => [
      target,
      [...sides.values()].filter((emoji) => emoji !== undefined),
    ]),
  )
}

/** The answer to a question just above it needs no reminder of the question. */
function findQuote(
  message: Message,
  before: Message | undefined,
  byWhatsappId: Map<string | null, Message>,
): Quote | undefined {
  const context = readRecord(message.metadata, 'context')
  const id = context && (readString(context, 'id') ?? readString(context, 'message_id'))
  if (id === undefined) return undefined
  const quoted = byWhatsappId.get(id)
  const tapped = message.type === 'interactive' || message.type === 'button'
  return tapped && quoted !== undefined && quoted === before ? undefined : { message: quoted }
}
