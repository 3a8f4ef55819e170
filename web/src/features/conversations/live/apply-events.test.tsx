import { QueryClient, type InfiniteData } from '@tanstack/react-query'
import { http, HttpResponse } from 'msw'
import type { LiveEvent } from '@/shared/api/socket'
import { aConversation, aMessage, anAnswer } from '@/testing/factories'
import { server } from '@/testing/server'
import { conversationKeys, type ConversationPages, type MessagePages } from '../api'
import type { Conversation, Filter, Message } from '../types'
import { applyEvents } from './apply-events'
import { createStrangers } from './strangers'

let queries: QueryClient

function pages<T>(
  items: T[],
  next: string | null = null,
): InfiniteData<{ items: T[]; next: string | null }> {
  return { pages: [{ items, next }], pageParams: [null] }
}

function list(filter: Filter): Conversation[] {
  const data = queries.getQueryData<ConversationPages>(conversationKeys.list(filter))
  return data?.pages.flatMap(({ items }) => items) ?? []
}

function thread(id = 'conversation-1'): Message[] {
  const data = queries.getQueryData<MessagePages>(conversationKeys.messages(id))
  return data?.pages.flatMap(({ items }) => items) ?? []
}

function says(type: string, message: Message): LiveEvent {
  const { conversation_id } = message
  return { type, payload: { message, conversation_id, contact_id: 'contact-1' }, createdAt: '' }
}

function changes(payload: Record<string, unknown>): LiveEvent {
  return { type: 'conversation.updated', payload, createdAt: '' }
}

beforeEach(() => {
  queries = new QueryClient()
  queries.setQueryData(conversationKeys.list('live'), pages([aConversation()]))
  queries.setQueryData(conversationKeys.messages('conversation-1'), pages([aMessage()]))
})

test('a message lands in its thread and its list row', () => {
  applyEvents(queries, [says('message.created', anAnswer())])

  expect(thread().map(({ id }) => id)).toEqual(['message-1', 'answer-1'])
  expect(list('live')[0]).toMatchObject({
    message_count: 2,
    last_message_at: '2026-11-18T17:00:05Z',
    last_message: { id: 'answer-1', preview: 'Tem sim, saiu agora do forno!', status: 'sent' },
  })
})

test('the same events twice change nothing the second time', () => {
  const events = [
    says('message.created', anAnswer()),
    says('message.updated', anAnswer({ status: 'read' })),
  ]
  applyEvents(queries, events)
  const [before, row] = [thread(), list('live')[0]]
  applyEvents(queries, events)

  expect(thread()).toEqual(before)
  expect(thread()[1]).toBe(before[1])
  expect(list('live')[0]).toBe(row)
})

test('a status never falls, and no timestamp is lost, whatever the order', () => {
  const read = anAnswer({ status: 'read', sent_at: null, read_at: '2026-11-18T17:01:00Z' })
  const delivered = anAnswer({ status: 'delivered', delivered_at: '2026-11-18T17:00:30Z' })
  applyEvents(queries, [says('message.created', anAnswer({ status: 'pending', sent_at: null }))])
  applyEvents(queries, [says('message.updated', read), says('message.updated', delivered)])

  expect(thread()[1]).toMatchObject({
    status: 'read',
    sent_at: '2026-11-18T17:00:06Z',
    delivered_at: '2026-11-18T17:00:30Z',
    read_at: '2026-11-18T17:01:00Z',
  })
  expect(list('live')[0]?.last_message?.status).toBe('read')
})

test('an update that overtakes its creation is kept', () => {
  applyEvents(queries, [
    says('message.updated', anAnswer({ status: 'delivered' })),
    says('message.created', anAnswer({ status: 'pending' })),
  ])

  expect(thread()).toHaveLength(2)
  expect(thread()[1]?.status).toBe('delivered')
})

test('an older message that arrives late does not become the last one', () => {
  applyEvents(queries, [says('message.created', anAnswer())])
  applyEvents(queries, [
    says('message.received', aMessage({ id: 'late', created_at: '2026-11-18T17:00:02Z' })),
  ])

  expect(thread().map(({ id }) => id)).toContain('late')
  expect(list('live')[0]?.last_message?.id).toBe('answer-1')
})

test('a message older than every loaded page is left to its page', () => {
  queries.setQueryData(conversationKeys.messages('conversation-1'), pages([aMessage()], 'older'))
  applyEvents(queries, [
    says('message.updated', aMessage({ id: 'ancient', created_at: '2026-11-01T10:00:00Z' })),
  ])

  expect(thread().map(({ id }) => id)).toEqual(['message-1'])
})

test('what the customer writes opens the window for 24 hours from the moment of writing', () => {
  const written = Date.parse('2026-11-18T18:00:00Z') / 1000
  applyEvents(queries, [
    says(
      'message.received',
      aMessage({ id: 'm2', created_at: '2026-11-18T18:00:09Z', metadata: { timestamp: written } }),
    ),
  ])

  expect(list('live')[0]?.window_expires_at).toBe('2026-11-19T18:00:00.000Z')
})

test('a resolved conversation leaves the open list and enters the resolved one', () => {
  queries.setQueryData(conversationKeys.list('resolved'), pages<Conversation>([]))
  applyEvents(queries, [
    changes({ conversation_id: 'conversation-1', status: 'resolved', is_bot_active: false }),
  ])

  expect(list('live')).toEqual([])
  expect(list('resolved')).toMatchObject([{ id: 'conversation-1', is_bot_active: false }])
})

test('a change does not touch what it does not name, nor believe a wrong type', () => {
  const before = list('live')[0]
  applyEvents(queries, [changes({ conversation_id: 'conversation-1', status: 7, contact: null })])
  expect(list('live')[0]).toBe(before)
})

describe('conversations that nobody has seen', () => {
  let asked: string[]

  function opened(id: string): LiveEvent {
    return { type: 'conversation.opened', payload: { conversation_id: id }, createdAt: '' }
  }

  beforeEach(() => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    asked = []
    server.use(
      http.get('*/api/v1/conversations/:id', ({ params: { id } }) => {
        asked.push(String(id))
        return HttpResponse.json(
          aConversation({ id: String(id), last_message_at: '2026-11-18T19:00:00Z' }),
        )
      }),
    )
  })
  afterEach(() => vi.useRealTimers())

  test('are asked for once and take their place', async () => {
    const meet = createStrangers(queries)
    const hello = aMessage({ id: 'm9', conversation_id: 'conversation-2' })
    meet(applyEvents(queries, [opened('conversation-2'), says('message.received', hello)]))
    await vi.waitFor(() => expect(list('live')).toHaveLength(2))
    meet(applyEvents(queries, [says('message.received', hello)]))
    await vi.advanceTimersByTimeAsync(5_000)

    expect(list('live')[0]?.id).toBe('conversation-2')
    expect(asked).toEqual(['conversation-2'])
  })

  test('are asked for in rounds, and many of them by asking for the list', async () => {
    const refetched = vi.spyOn(queries, 'invalidateQueries')
    const meet = createStrangers(queries)
    meet(['a'])
    meet(['b'])
    expect(refetched).not.toHaveBeenCalled()
    for (const id of ['c', 'd', 'e', 'f', 'g']) meet([id])
    await vi.advanceTimersByTimeAsync(1_500)

    expect(asked).toEqual(['a'])
    expect(refetched).toHaveBeenCalledOnce()
  })

  test('do not matter when only an old message of theirs was delivered', () => {
    const old = anAnswer({ conversation_id: 'conversation-9', status: 'read' })
    expect(applyEvents(queries, [says('message.updated', old)]).size).toBe(0)
  })

  test('are met again when their person changed', () => {
    const renamed = { type: 'contact.updated', payload: { contact_id: 'contact-1' }, createdAt: '' }
    expect([...applyEvents(queries, [renamed])]).toEqual(['conversation-1'])
  })
})

test('events about other things, and broken ones, are passed over', () => {
  const before = [list('live')[0], thread()[0]]
  applyEvents(queries, [
    { type: 'number.stopped', payload: { number_id: 'n' }, createdAt: '' },
    { type: 'message.received', payload: { message: { id: 1 } }, createdAt: '' },
  ])
  expect([list('live')[0], thread()[0]]).toEqual(before)
})

test('what was edited and then taken back stays taken back, whichever report comes last', () => {
  const original = { text: 'Oi' }
  const edit = { id: 'e1', timestamp: 1, content: { text: 'Olá' } }
  const edited = aMessage({
    content: edit.content,
    metadata: { original, edits: [edit], revision: 1 },
  })
  const revoked = aMessage({
    content: {},
    metadata: { revoked: { id: 'v1', timestamp: 2 }, revision: 2 },
  })

  applyEvents(queries, [says('message.updated', edited)])
  expect(thread()[0]?.content).toEqual({ text: 'Olá' })
  applyEvents(queries, [says('message.updated', revoked), says('message.updated', edited)])
  expect(thread()[0]).toMatchObject({ content: {}, metadata: revoked.metadata })
})

test('a reaction of ours that was refused leaves its badge, and is shown with the reason', () => {
  const business = { id: 'r1', timestamp: 1, emoji: '👍' }
  const reacted = aMessage({ metadata: { reactions: { business }, revision: 1 } })
  const freed = aMessage({ metadata: { reactions: {}, revision: 2 } })
  const reaction = { id: 'message-2', type: 'reaction', direction: 'outbound' } as const
  const applied = aMessage({ ...reaction, metadata: { applied: true, revision: 1 } })
  const refused = aMessage({ ...reaction, status: 'failed', metadata: { revision: 2 } })

  applyEvents(queries, [says('message.updated', reacted), says('message.created', applied)])
  applyEvents(queries, [says('message.updated', refused), says('message.updated', freed)])
  applyEvents(queries, [says('message.updated', reacted), says('message.created', applied)])

  expect(thread().map(({ metadata }) => metadata)).toEqual([freed.metadata, refused.metadata])
})
