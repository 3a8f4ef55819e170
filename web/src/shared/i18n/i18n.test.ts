import { en } from './en'
import { es } from './es'
import { ptBR } from './pt-br'

/** `{ 'signIn.title': 'Entre na sua conta', … }` */
function flatten(words: object, path = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null
        ? Object.entries(flatten(value, `${path}${key}.`))
        : [[`${path}${key}`, String(value)]],
    ),
  )
}

function blanks(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort()
}

const source = flatten(ptBR)

describe.each([
  ['en', flatten(en)],
  ['es', flatten(es)],
])('%s', (_, words) => {
  test('has exactly the keys of the source', () => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(source).sort())
  })

  test('fills the same blanks, and leaves nothing empty', () => {
    for (const [key, text] of Object.entries(words)) {
      expect(text.trim(), key).not.toBe('')
      expect(blanks(text), key).toEqual(blanks(source[key] ?? ''))
    }
  })
})

test('every plural has the forms that Portuguese, English and Spanish use', () => {
  const plurals = Object.keys(source).filter((key) => key.endsWith('_other'))
  expect(plurals.length).toBeGreaterThan(0)
  for (const other of plurals) {
    for (const form of ['_one', '_many']) {
      expect(source).toHaveProperty([other.replace('_other', form)])
    }
  }
})
