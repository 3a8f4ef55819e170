import { aMessage, anAnswer } from '@/testing/factories'
import type { Outgoing } from './outgoing'
import { withOutgoing } from './with-outgoing'

const asked = aMessage()

function onItsWay(over: Partial<Outgoing> = {}): Outgoing {
  return {
    key: 'k',
    conversationId: 'conversation-1',
    authorId: 'user-1',
    body: { type: 'text', content: { text: 'Já vai' } },
    message: anAnswer({ id: 'outgoing-k', content: { text: 'Já vai' }, whatsapp_message_id: null }),
    state: 'sending',
    after: asked.id,
    ...over,
  }
}

function ids(messages: ReturnType<typeof withOutgoing>): string[] {
  return messages.map(({ id }) => id)
}

test('what is on its way stands last, also when this computer’s clock is behind', () => {
  const early = onItsWay()
  early.message = { ...early.message, created_at: '2026-11-17T00:00:00Z' }
  const shown = withOutgoing([asked], [early])
  expect(ids(shown)).toEqual(['message-1', 'outgoing-k'])
  expect(shown[1]?.created_at).toBe(asked.created_at)
})

test('an event that comes before the answer is not shown beside its own message', () => {
  const echo = anAnswer({ sender_type: 'agent', content: { text: 'Já vai' } })
  expect(ids(withOutgoing([asked, echo], [onItsWay()]))).toEqual(['message-1', 'answer-1'])
})

test('the same words said before, by the bot, or in a message that waits, are another message', () => {
  const echo = anAnswer({ sender_type: 'agent', content: { text: 'Já vai' } })
  const bot = anAnswer({ content: { text: 'Já vai' } })
  expect(withOutgoing([asked, echo], [onItsWay({ after: echo.id })])).toHaveLength(3)
  expect(withOutgoing([asked, bot], [onItsWay()])).toHaveLength(3)
  expect(withOutgoing([asked, echo], [onItsWay({ state: 'waiting' })])).toHaveLength(3)
  expect(withOutgoing([asked, echo], [onItsWay({ state: 'failed' })])).toHaveLength(3)
})
