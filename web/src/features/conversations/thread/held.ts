import type { Message } from '../types'

const WORDS = { held_for_quality_assessment: 'quality', paused: 'paused' } as const

type Held = (typeof WORDS)[keyof typeof WORDS]

/** Why Meta has accepted a template and does not let it go yet; the next status settles it. */
export function heldBack({
  status,
  metadata,
}: Pick<Message, 'status' | 'metadata'>): Held | undefined {
  const { held } = metadata
  if (status !== 'accepted' || typeof held !== 'string') return undefined
  return isKnown(held) ? WORDS[held] : 'quality'
}

function isKnown(word: string): word is keyof typeof WORDS {
  return Object.hasOwn(WORDS, word)
}
