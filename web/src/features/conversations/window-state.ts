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
