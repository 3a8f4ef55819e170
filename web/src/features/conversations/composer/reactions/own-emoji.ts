/** What WhatsApp itself offers first. */
export const COMMON = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const

/** The first emoji of what was typed, whole with its skin tone or its family; nothing when there is none. */
export function firstEmoji(typed: string): string | undefined {
  const letters = [...new Intl.Segmenter().segment(typed)].map(({ segment }) => segment)
  return letters.find((letter) => /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(letter))
}
