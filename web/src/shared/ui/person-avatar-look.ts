/** Far enough apart to tell neighbours in a list from each other. */
const HUES = [20, 48, 78, 112, 150, 185, 222, 255, 292, 335] as const

export function hueOf(seed: string): number {
  let hash = 0
  for (const char of seed) hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0
  // Ids that differ in their last letter only should not look alike.
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 0
  hash = (hash ^ (hash >>> 13)) >>> 0
  return HUES[hash % HUES.length] ?? HUES[0]
}

/** `Maria da Conceição` → `MC`. A phone number or an emoji has none. */
export function initialsOf(name: string | null): string | undefined {
  const words = (name ?? '').split(/\s+/).filter((word) => /^\p{L}/u.test(word))
  const first = words[0]
  if (first === undefined) return undefined
  const last = words.length > 1 ? words.at(-1) : undefined
  return [first, last].map((word) => firstLetter(word ?? '')).join('')
}

function firstLetter(word: string): string {
  return (Array.from(word)[0] ?? '').toLocaleUpperCase()
}
