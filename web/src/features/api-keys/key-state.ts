import type { ApiKey } from './api'

const SOON = 14 * 24 * 60 * 60_000

export type KeyState =
  { kind: 'revoked' | 'expired' | 'soon' | 'until'; at: string } | { kind: 'endless' }

export function stateOf({ revoked_at, expires_at }: ApiKey, now: Date): KeyState {
  if (revoked_at !== null) return { kind: 'revoked', at: revoked_at }
  if (expires_at === null) return { kind: 'endless' }
  const left = Date.parse(expires_at) - now.getTime()
  if (left <= 0) return { kind: 'expired', at: expires_at }
  return { kind: left < SOON ? 'soon' : 'until', at: expires_at }
}

export function isEnded(key: ApiKey, now: Date): boolean {
  const { kind } = stateOf(key, now)
  return kind === 'revoked' || kind === 'expired'
}
