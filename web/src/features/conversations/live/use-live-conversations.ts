import { hashKey, useQueryClient, type QueryCacheNotifyEvent } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useLiveEvents } from '@/shared/api/live'
import type { LiveEvent } from '@/shared/api/socket'
import { conversationKeys } from '../api'
import { applyEvents } from './apply-events'
import { createRecount } from './recount'
import { createStrangers } from './strangers'

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
  const [meet] = useState(() => createStrangers(queries))
  const [recount] = useState(() => createRecount(queries))
  const heard = useRef<Heard[]>([])

  function recent(): Heard[] {
    const now = Date.now()
    return heard.current.filter(({ at }) => now - at < REMEMBERED)
  }

  useLiveEvents({
    onEvents: (events) => {
      const at = Date.now()
      heard.current = [...recent(), ...events.map((event) => ({ at, event }))]
      meet(applyEvents(queries, events))
      recount(events)
    },
    onGap: () => void queries.invalidateQueries({ queryKey: conversationKeys.all }),
  })

  // An answer may have been read before an event that reached us first, and would undo it.
  const onAnswer = useEffectEvent(() => {
    const events = recent().map(({ event }) => event)
    if (events.length > 0) applyEvents(queries, events)
  })
  useEffect(
    () =>
      queries.getQueryCache().subscribe((change) => {
        if (isOurAnswer(change)) queueMicrotask(onAnswer)
      }),
    [queries],
  )
}

function isOurAnswer(change: QueryCacheNotifyEvent): boolean {
  return (
    change.type === 'updated' &&
    change.action.type === 'success' &&
    change.action.manual !== true &&
    change.query.queryHash.startsWith(AREA)
  )
}
