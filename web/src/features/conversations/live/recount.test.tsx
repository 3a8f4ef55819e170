import type { LiveEvent } from '@/shared/api/socket'
import { aQueryClient } from '@/testing/render'
import { createRecount } from './recount'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function events(...types: string[]): LiveEvent[] {
  return types.map((type) => ({ type, payload: {}, createdAt: '2026-11-18T17:00:00Z' }))
}

test('counts at once, then in rounds, and only after what may have moved a conversation', () => {
  const queries = aQueryClient()
  const asked = vi.spyOn(queries, 'invalidateQueries')
  const recount = createRecount(queries)

  recount(events('message.received', 'message.status'))
  expect(asked).toHaveBeenCalledTimes(0)
  recount(events('message.received', 'conversation.opened'))
  expect(asked).toHaveBeenCalledTimes(1)
  for (let turn = 0; turn < 20; turn += 1) recount(events('conversation.updated'))
  expect(asked).toHaveBeenCalledTimes(1)
  vi.runAllTimers()
  expect(asked).toHaveBeenCalledTimes(2)
  recount(events('conversation.updated'))
  expect(asked).toHaveBeenCalledTimes(3)
})
