import { slugOf } from './slug-of'

test.each([
  ['Café do Sol & Cia.', 'cafe-do-sol-cia'],
  ['  Padaria   Aurora ', 'padaria-aurora'],
  ['日本', ''],
  [`${'a'.repeat(99)} b`, 'a'.repeat(99)],
])('of %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
})
