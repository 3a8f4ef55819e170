import { act, renderHook } from '@testing-library/react'
import { QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { currentUserQuery } from '@/shared/api/current-user'
import { aConversation, aUser } from '@/testing/factories'
import { aQueryClient } from '@/testing/render'
import type { Conversation } from '../types'
import { useObstacle } from './use-obstacle'

const NOW = new Date('2026-11-18T17:00:00Z')

beforeEach(() => void vi.useFakeTimers({ now: NOW }))
afterEach(() => void vi.useRealTimers())

function obstacleOf(over: Partial<Conversation>, queries = aQueryClient()) {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  )
  return renderHook(
    (changed: Partial<Conversation>) => useObstacle(aConversation({ ...over, ...changed })),
    { wrapper, initialProps: {} },
  )
}

test('the window closes at its second, and opens again with the next message', () => {
  const { result, rerender } = obstacleOf({ window_expires_at: '2026-11-18T17:00:07.500Z' })
  expect(result.current).toBeUndefined()
  act(() => void vi.advanceTimersByTime(7_499))
  expect(result.current).toBeUndefined()
  act(() => void vi.advanceTimersByTime(1))
  expect(result.current).toBe('window')

  rerender({ window_expires_at: '2026-11-19T17:00:08Z' })
  expect(result.current).toBeUndefined()
})

test('each reason has its name', () => {
  const { contact } = aConversation()
  expect(obstacleOf({ contact: { ...contact, is_group: true } }).result.current).toBe('group')
  expect(obstacleOf({ status: 'closed' }).result.current).toBe('over')
  expect(obstacleOf({ whatsapp_number: null }).result.current).toBe('number')
  expect(obstacleOf({ window_expires_at: null }).result.current).toBe('never')
  expect(obstacleOf({ window_expires_at: '2026-11-18T16:59:59Z' }).result.current).toBe('window')
})

test('who may only read is told so', () => {
  const queries = aQueryClient()
  const viewer = aUser({ permissions: ['conversations.read'] })
  queries.setQueryData(currentUserQuery.queryKey, viewer)
  expect(obstacleOf({}, queries).result.current).toBe('viewer')
})
