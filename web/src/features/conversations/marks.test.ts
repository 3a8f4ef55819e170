import { aMessage } from '@/testing/factories'
import { listedKind } from './marks'

test.each([
  ['a reaction', aMessage({ type: 'reaction', content: { emoji: '👍' } }), 'reaction'],
  ['one taken off', aMessage({ type: 'reaction', content: { emoji: null } }), 'unreacted'],
  ['ours taken off', aMessage({ type: 'reaction', content: { emoji: '' } }), 'unreacted'],
  [
    'a product of ours',
    aMessage({ type: 'interactive', direction: 'outbound', content: { product: {} } }),
    'product',
  ],
  [
    'that they permit calls',
    aMessage({ type: 'interactive', content: { call_permission: { response: 'accept' } } }),
    'calls_permitted',
  ],
  [
    'that they do not',
    aMessage({ type: 'interactive', content: { call_permission: { response: 'reject' } } }),
    'calls_refused',
  ],
  ['an answer', aMessage({ type: 'interactive', content: { reply: {} } }), 'interactive'],
])('a list names %s', (_name, message, kind) => {
  expect(listedKind(message)).toBe(kind)
})
