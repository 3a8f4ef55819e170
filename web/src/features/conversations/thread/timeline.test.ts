import { aMessage, anAnswer } from '@/testing/factories'
import type { Message } from '../types'
import { buildTimeline, type BubbleItem } from './timeline'

const zone = 'America/Sao_Paulo'

function bubbles(messages: Message[]): BubbleItem[] {
  return buildTimeline(messages, zone)
    .flatMap(({ items }) => items)
    .filter((item) => item.kind === 'bubble')
}

function reaction(id: string, emoji: string | null, applied: boolean) {
  return anAnswer({
    id,
    type: 'reaction',
    content: { message_id: 'wamid.1', emoji },
    metadata: applied ? { applied } : {},
    whatsapp_message_id: `wamid.${id}`,
  })
}

test('days end at the organization’s midnight', () => {
  const days = buildTimeline(
    [
      aMessage({ id: 'a', created_at: '2026-11-18T02:59:00Z' }),
      aMessage({ id: 'b', created_at: '2026-11-18T03:00:00Z' }),
    ],
    zone,
  )
  expect(days.map(({ key, items }) => [key, items.length])).toEqual([
    ['2026-11-17', 1],
    ['2026-11-18', 1],
  ])
})

test('a run is one sender without a pause, within a day', () => {
  const runs = bubbles([
    anAnswer({ id: 'a', created_at: '2026-11-18T17:00:00Z' }),
    anAnswer({ id: 'b', created_at: '2026-11-18T17:01:00Z' }),
    anAnswer({ id: 'c', created_at: '2026-11-18T17:01:30Z', sender_type: 'agent' }),
    aMessage({ id: 'd', created_at: '2026-11-18T17:02:00Z', whatsapp_message_id: 'd' }),
    aMessage({ id: 'e', created_at: '2026-11-18T17:08:00Z', whatsapp_message_id: 'e' }),
  ]).map(({ first, last }) => [first, last])
  expect(runs).toEqual([
    [true, false],
    [false, true],
    [true, true],
    [true, true],
    [true, true],
  ])
})

test('a reaction hangs on its message, one of each side', () => {
  const reactions = {
    contact: { emoji: '👍', timestamp: 5, id: 'r1' },
    business: { emoji: '❤️', timestamp: 6, id: 'r2' },
  }
  const told = bubbles([aMessage({ metadata: { reactions } }), reaction('r1', '👍', true)])
  expect(told).toMatchObject([{ message: { id: 'message-1' }, reactions: ['👍', '❤️'] }])

  const removed = { contact: { emoji: null, timestamp: 7, id: 'r1' } }
  expect(bubbles([aMessage({ metadata: { reactions: removed } })])[0]?.reactions).toEqual([])
})

test('what speaks of a message that is not here is a line; a reaction that failed a bubble', () => {
  expect(bubbles([reaction('r1', '👍', false)])).toHaveLength(0)
  expect(buildTimeline([reaction('r1', '👍', false)], zone)[0]?.items).toHaveLength(1)
  expect(bubbles([{ ...reaction('r1', '👍', false), status: 'failed' }])).toHaveLength(1)
})

test('a quote finds its message, or says that there is one', () => {
  const quoting = (id: string) =>
    anAnswer({ metadata: { context: { replied_to: id } }, created_at: '2026-11-18T17:05:00Z' })
  expect(bubbles([aMessage(), quoting('wamid.1')])[1]?.quote?.message?.id).toBe('message-1')
  expect(bubbles([aMessage(), quoting('wamid.0')])[1]?.quote).toEqual({
    whatsappId: 'wamid.0',
    message: undefined,
  })
  expect(
    bubbles([aMessage(), anAnswer({ metadata: { reply_to: 'wamid.1' } })])[1]?.quote?.message?.id,
  ).toBe('message-1')
  expect(bubbles([aMessage(), anAnswer()])[1]?.quote).toBeUndefined()
})

test('a tap right under its question does not repeat the question', () => {
  const question = anAnswer({ type: 'button', created_at: '2026-11-18T17:00:00Z' })
  const tap = aMessage({
    type: 'interactive',
    created_at: '2026-11-18T17:01:00Z',
    metadata: { context: { replied_to: 'wamid.2' } },
  })
  const between = aMessage({
    id: 'between',
    created_at: '2026-11-18T17:00:30Z',
    whatsapp_message_id: 'x',
  })
  expect(bubbles([question, tap])[1]?.quote).toBeUndefined()
  expect(bubbles([question, between, tap])[2]?.quote?.message).toBe(question)
})

test('what nobody said stands between the bubbles', () => {
  const kinds = buildTimeline([aMessage(), aMessage({ id: 's', type: 'system' })], zone)
  expect(kinds[0]?.items.map(({ kind }) => kind)).toEqual(['bubble', 'notice'])
})

test('a reaction that was refused says to what it was', () => {
  const refused: Message = { ...reaction('r1', '👎', false), status: 'failed' }
  const told = bubbles([aMessage(), refused])
  expect(told[1]?.quote?.message?.id).toBe('message-1')
})
