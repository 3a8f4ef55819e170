import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { isRecord, parseJson } from '@/shared/json/read'
import type { Conversation } from './types'

const KEY = 'pytake.seen'
/** More than anybody keeps open; older entries fall back on the baseline of a later day. */
const REMEMBERED = 400

interface Seen {
  /** What came before the first visit of this browser was not missed. */
  baseline: number
  /** Up to when each conversation was read here, in milliseconds. */
  until: Record<string, number>
}

/** What this browser has shown its user. The server does not keep who read what. */
const seen = createStore<Seen>(() => restore() ?? { baseline: Date.now(), until: {} })
seen.subscribe(keep)

export function markSeen(conversation: Conversation): void {
  const at = Date.parse(conversation.last_message_at)
  const { until } = seen.getState()
  if ((until[conversation.id] ?? 0) >= at) return
  const newest = Object.entries({ ...until, [conversation.id]: at })
    .sort(([, one], [, other]) => other - one)
    .slice(0, REMEMBERED)
  seen.setState({ until: Object.fromEntries(newest) })
}

export function useUnread(): (conversation: Conversation) => boolean {
  const { baseline, until } = useStore(seen)
  return ({ id, last_message: last }) =>
    last?.direction === 'inbound' && Date.parse(last.created_at) > (until[id] ?? baseline)
}

function restore(): Seen | undefined {
  const kept = parseJson(localStorage.getItem(KEY) ?? '')
  if (!isRecord(kept) || typeof kept.baseline !== 'number' || !isRecord(kept.until)) {
    return undefined
  }
  const until = Object.entries(kept.until).flatMap(([id, at]) =>
    typeof at === 'number' ? [[id, at] as const] : [],
  )
  return { baseline: kept.baseline, until: Object.fromEntries(until) }
}

function keep(state: Seen): void {
  localStorage.setItem(KEY, JSON.stringify(state))
}

keep(seen.getState())
