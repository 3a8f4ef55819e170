import { i18n } from '@/shared/i18n/i18n'
import { aMessage } from '@/testing/factories'
import { failureOf } from './failure'

function failed(error_code: number | null, error_message: string | null) {
  return failureOf(i18n.t, aMessage({ status: 'failed', error_code, error_message }))
}

test('a known code is told in the reader’s words, with what to do', () => {
  const { why, next, detail } = failed(131026, 'Message undeliverable')
  expect(why).toMatch(/não pôde ser entregue/)
  expect(next).toMatch(/outro canal/)
  expect(detail).toBeUndefined()
})

test('codes of one meaning, and the whole range of permissions, are told alike', () => {
  expect(failed(190, 'x').why).toBe(failed(0, 'x').why)
  expect(failed(294, 'x').why).toBe(failed(10, 'x').why)
  expect(failed(132018, 'x').why).toBe(failed(132012, 'x').why)
})

test('where the message itself is wrong, Meta’s text says what', () => {
  expect(failed(131009, 'Button title too long').detail).toBe('A Meta diz: Button title too long')
})

test('what helps nobody is not advised', () => {
  expect(failed(131021, 'x').next).toBeUndefined()
})

test('an unknown code is told in Meta’s own words', () => {
  expect(failed(139999, 'Something new').why).toBe(
    'O WhatsApp recusou: Something new (código 139999)',
  )
  expect(failed(139999, null).why).toBe('O WhatsApp recusou esta mensagem (código 139999).')
})

test('without a code there are only words', () => {
  expect(failed(null, 'Número inexistente.').why).toBe('Número inexistente.')
  expect(failed(null, null).why).toBe('O WhatsApp recusou esta mensagem.')
})
