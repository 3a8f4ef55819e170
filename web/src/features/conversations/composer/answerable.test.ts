import { aMessage, anAnswer } from '@/testing/factories'
import { isAnswerable, nextQuote } from './answerable'

const first = aMessage()
const second = anAnswer()
const unsent = anAnswer({ id: 'outgoing-1', whatsapp_message_id: null })

test('only what WhatsApp knows and still shows can be answered', () => {
  expect([first, second].every(isAnswerable)).toBe(true)
  expect(isAnswerable(unsent)).toBe(false)
  expect(isAnswerable(anAnswer({ status: 'failed' }))).toBe(false)
  expect(isAnswerable(aMessage({ type: 'system' }))).toBe(false)
  expect(isAnswerable(aMessage({ metadata: { revoked: { timestamp: 1 } } }))).toBe(false)
})

test('the keys walk from the newest up, stay at the oldest, and leave below the newest', () => {
  const messages = [first, second, unsent]
  expect(nextQuote(messages, undefined, -1)).toBe(second)
  expect(nextQuote(messages, second, -1)).toBe(first)
  expect(nextQuote(messages, first, -1)).toBe(first)
  expect(nextQuote(messages, first, 1)).toBe(second)
  expect(nextQuote(messages, second, 1)).toBeUndefined()
  expect(nextQuote([], undefined, -1)).toBeUndefined()
})
