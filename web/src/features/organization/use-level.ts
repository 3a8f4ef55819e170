import type { Use } from './api'

export const NEAR = 0.8

/** How close a use is to its limit; `share` of the meter is never more than all of it. */
export function levelOf({ allowed, used }: Use) {
  if (allowed === null) return { level: 'free', share: 0 } as const
  const share = allowed === 0 ? 1 : Math.min(1, used / allowed)
  if (used > allowed) return { level: 'over', share } as const
  if (used === allowed) return { level: 'full', share } as const
  return { level: share >= NEAR ? ('near' as const) : ('fine' as const), share }
}
