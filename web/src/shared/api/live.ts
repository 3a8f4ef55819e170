import { useEffect, useEffectEvent } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { api, unwrap } from './client'
import { ApiError, isAway } from './errors'
import { connectLive, type LiveEvent, type LiveStatus, type LiveTicket } from './socket'

interface Live {
  status: LiveStatus
  /** The server does not even answer requests. */
  away: boolean
}

export interface LiveListener {
  onEvents: (events: LiveEvent[]) => void
  onGap: () => void
}

/** Events that arrive within this time reach the page together: a busy number must not redraw it 80 times a second. */
const BATCH = 40
const POLL_WHILE_OFFLINE = 15_000

const live = createStore<Live>(() => ({ status: 'connecting', away: false }))
const listeners = new Set<LiveListener>()

/** Follow the organization's events until the returned function is called. */
export function startLive(): () => void {
  let waiting: LiveEvent[] = []
  let flushing: ReturnType<typeof setTimeout> | undefined

  function flush(): void {
    flushing = undefined
    const events = waiting
    waiting = []
    for (const listener of listeners) listener.onEvents(events)
  }

  const connection = connectLive({
    ticket: askForTicket,
    onStatus: (status) => live.setState({ status }),
    onGap: () => {
      for (const listener of listeners) listener.onGap()
    },
    onEvent: (event) => {
      waiting.push(event)
      flushing ??= setTimeout(flush, BATCH)
    },
  })
  const wake = () => {
    if (!document.hidden) connection.wake()
  }
  window.addEventListener('online', wake)
  document.addEventListener('visibilitychange', wake)

  return () => {
    window.removeEventListener('online', wake)
    document.removeEventListener('visibilitychange', wake)
    clearTimeout(flushing)
    connection.close()
  }
}

async function askForTicket(): Promise<LiveTicket> {
  try {
    const ticket = await unwrap(api.POST('/api/v1/realtime/ticket'))
    live.setState({ away: false })
    return ticket
  } catch (error) {
    live.setState({ away: error instanceof ApiError && isAway(error) })
    throw error
  }
}

/** Nothing can be read or written: it is more than that events do not come. */
export function useServerAway(): boolean {
  return useStore(live, (state) => state.away)
}

export function useLiveStatus(): LiveStatus {
  return useStore(live, (state) => state.status)
}

/** While events cannot arrive, a query that lives on them asks by itself. */
export function useLiveInterval(): number | false {
  return useLiveStatus() === 'offline' ? POLL_WHILE_OFFLINE : false
}

export function useLiveEvents(listener: LiveListener): void {
  const onEvents = useEffectEvent(listener.onEvents)
  const onGap = useEffectEvent(listener.onGap)
  useEffect(() => {
    const subscribed = { onEvents, onGap }
    listeners.add(subscribed)
    return () => void listeners.delete(subscribed)
  }, [])
}
