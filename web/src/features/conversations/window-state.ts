import type { Conversation } from './types'

export interface WindowState {
  /** Milliseconds until only templates may be sent; nothing left, or never opened, is closed. */
  left: number
  expires: Date | null
}

const SOON = 2 * 60 * 60 * 1000

export function windowState(conversation: Conversation, now: Date): WindowState {
  const { window_expires_at } = conversation
  if (window_expires_at === null) return { left: 0, expires: null }
  const expires = new Date(window_expires_at)
  return { left: Math.max(0, expires.getTime() - now.getTime()), expires }
}

export function windowTone({ left }: WindowState): 'open' | 'soon' | 'closed' {
  if (left === 0) return 'closed'
  return left < SOON ? 'soon' : 'open'
}

export interface FreeEntry {
  /** Free hours that run, or an answer that would open them. */
  kind: 'open' | 'answer'
  until: Date
}

/** What an advertisement that brought the customer gives now. */
export function freeEntry(conversation: Conversation, now: Date): FreeEntry | null {
  const { free_entry_expires_at: expires, free_entry_answer_by: answer } = conversation
  const moments = [
    { kind: 'open', at: expires },
    { kind: 'answer', at: answer },
  ] as const
  for (const { kind, at } of moments) {
    if (at !== null && new Date(at) > now) return { kind, until: new Date(at) }
  }
  return null
}
