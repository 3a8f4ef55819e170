import { ApiError } from '@/shared/api/errors'
import { i18n } from '@/shared/i18n/i18n'
import { metaWords } from './meta-words'

function refused(details: Record<string, unknown>): ApiError {
  return new ApiError(409, 'whatsapp_refused', '', { title: 'Some title', ...details })
}

test.each([
  [133005, 'PIN'],
  [133008, 'PIN'],
  [133016, '72'],
  [136025, 'código'],
  [190, 'token'],
  [230, 'permissão'],
])('code %d is said in words, and Meta’s own beside them', (code, word) => {
  const said = metaWords(refused({ meta_code: code, meta_details: 'Wait 60 seconds.' }), i18n.t)

  expect(said?.text).toContain(word)
  expect(said?.said).toContain('Wait 60 seconds.')
  expect(said?.said).toContain(String(code))
})

test('what nobody knows is left to the general words', () => {
  expect(metaWords(refused({ meta_code: 4711 }), i18n.t)).toBeUndefined()
  expect(metaWords(refused({}), i18n.t)).toBeUndefined()
  expect(metaWords(new ApiError(409, 'number_taken', ''), i18n.t)).toBeUndefined()
})

test('without details Meta’s title is shown', () => {
  expect(metaWords(refused({ meta_code: 133005 }), i18n.t)?.said).toContain('Some title')
})
