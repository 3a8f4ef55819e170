import type { ReactNode } from 'react'
import { fold } from '@/shared/format/fold'

export interface Entry {
  id: string
  label: string
  /** What tells it from others of the same name. */
  detail?: string | undefined
  icon: ReactNode
  run: () => void
}

export interface EntryGroup {
  title: string
  entries: readonly Entry[]
}

/** Those that have every word, the ones that begin with what was typed first. */
export function matching(entries: readonly Entry[], query: string): readonly Entry[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return entries
  return entries
    .map((entry) => ({ entry, rank: rank(fold(`${entry.label} ${entry.detail ?? ''}`), words) }))
    .filter(({ rank }) => rank !== undefined)
    .sort((one, other) => (one.rank ?? 0) - (other.rank ?? 0))
    .map(({ entry }) => entry)
}

/** Nought when the text begins with the first word, one when each word begins a word of it, two otherwise. */
function rank(text: string, words: readonly string[]): number | undefined {
  if (!words.every((word) => text.includes(word))) return undefined
  if (text.startsWith(words[0] ?? '')) return 0
  return words.every((word) => text.includes(` ${word}`)) ? 1 : 2
}
