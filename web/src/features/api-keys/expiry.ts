import { dayEnd } from '@/shared/format/day'

export const expiries = ['d30', 'd90', 'd365', 'never', 'custom'] as const
export type Expiry = (typeof expiries)[number]

const DAYS = { d30: 30, d90: 90, d365: 365 } as const
const DAY = 24 * 60 * 60_000

/** When a key ends: null is never. The last day counts to its end, by the organization's clock. */
export function endOf(expiry: Expiry, day: string, now: Date, zone: string): string | null {
  if (expiry === 'never') return null
  if (expiry === 'custom') return dayEnd(day, zone).toISOString()
  return new Date(now.getTime() + DAYS[expiry] * DAY).toISOString()
}

export function isExpiry(word: string): word is Expiry {
  return expiries.some((one) => one === word)
}
