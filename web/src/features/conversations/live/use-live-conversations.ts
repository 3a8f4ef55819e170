import { hashKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useLiveEvents } from '@/shared/api/live'
import type { LiveEvent } from '@/shared/api/socket'
import { conversationKeys } from '../api'
import { applyEvents } from './apply-events'

/** Longer than any answer takes to arrive. */
const REMEMBERED = 20_000

/** How the hashes of all our queries begin. */
const AREA = hashKey(conversationKeys.all).slice(0, -1)

interface Heard {
  at: number
  event: LiveEvent
}

/** Keeps everything cached about conversations true while the page is open. */
export function useLiveConversations(): void {
  const queries = useQueryClient()
  const heard = useRef<Heard[]>([])

  useLiveEvents({
    onEvents: (events) => {
      const at = Date.now()
      const fresh = heard.current.filter((one) => at - one.at < REMEMBERED)
      heard.current = [...fresh, ...events.map((event) => ({ at, event }))]
      applyEvents(queries, events)
    },
    onGap: () => void queries.invalidateQueries({ queryKey: conversationKeys.all }),
  })

  // An answer may have been read before an event that reached us first, and would undo it.
  useEffect(
    () =>
      queries.getQueryCache().subscribe((change) => {
        if (change.type !== 'updated' || change.action.type !== 'success') return
        if (change.action.manual === true) return
        if (!change.query.queryHash.startsWith(AREA)) return
        const at = Date.now()
        const recent = heard.current.filter((one) => at - one.at < REMEMBERED)
        if (recent.length > 0)
          queueMicrotask(() =>
            applyEvents(
              queries,
              recent.map(({ event }) => event),
            ),
          )
      }),
    [queries],
  )
}
