import { firstEmoji } from './own-emoji'

test('one emoji is taken, whole', () => {
  expect(firstEmoji('🎂')).toBe('🎂')
  expect(firstEmoji('ok 👍🏽👍')).toBe('👍🏽')
  expect(firstEmoji('👨‍👩‍👧')).toBe('👨‍👩‍👧')
  expect(firstEmoji('🇧🇷!')).toBe('🇧🇷')
  expect(firstEmoji('oi 12#')).toBeUndefined()
  expect(firstEmoji('')).toBeUndefined()
})
