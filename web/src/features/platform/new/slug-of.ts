import { fold } from '@/shared/format/fold'

const LONGEST = 100

/** `Café do Sol & Cia.` → `cafe-do-sol-cia`. */
export function slugOf(name: string): string {
  const words = fold(name).match(/[a-z0-9]+/g) ?? []
  return words.join('-').slice(0, LONGEST).replace(/-$/, '')
}
