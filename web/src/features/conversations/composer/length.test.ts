import { LONGEST_TEXT, roomLeft } from './length'

test('room is told near the end, and counted in characters as the server counts them', () => {
  expect(roomLeft('a'.repeat(3000), LONGEST_TEXT)).toBeUndefined()
  expect(roomLeft('a'.repeat(4000), LONGEST_TEXT)).toBe(96)
  expect(roomLeft('a'.repeat(4100), LONGEST_TEXT)).toBe(-4)
  // Each is one character of two units.
  expect(roomLeft('🥖'.repeat(4096), LONGEST_TEXT)).toBe(0)
  expect(roomLeft('🥖'.repeat(2100), LONGEST_TEXT)).toBeUndefined()
})
