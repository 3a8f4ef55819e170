/** What WhatsApp takes in one message. */
export const LONGEST_TEXT = 4096

/** From here on one is told how much room is left. */
const NEAR = 300

/** As the server counts: an emoji is one or more code points, never half of one. */
export function charactersOf(text: string): number {
  return Array.from(text).length
}

/** How many characters are left, once that is worth knowing; below zero there are too many. */
export function roomLeft(text: string, most: number): number | undefined {
  // What is short by any count need not be counted.
  if (text.length < most - NEAR) return undefined
  const left = most - charactersOf(text)
  return left <= NEAR ? left : undefined
}
