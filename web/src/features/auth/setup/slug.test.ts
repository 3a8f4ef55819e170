import { isSlug, slugOf } from './slug'

test.each([
  ['Padaria São João', 'padaria-sao-joao'],
  ['  Café & Cia. Ltda.  ', 'cafe-cia-ltda'],
  ['Ação 24h', 'acao-24h'],
  ['東京', ''],
])('%j is %j in addresses', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
})

test('says what the server would take', () => {
  expect(['padaria', 'padaria-2', '24h'].every(isSlug)).toBe(true)
  expect(['', 'Padaria', '-padaria', 'pa--daria', 'padaria-', 'pão'].some(isSlug)).toBe(false)
})
