import { useEffect, useState, type RefObject, type UIEvent } from 'react'
import type { Outgoing } from '../composer/outgoing'
import type { Message } from '../types'

/** Nearer to the end than this, a reader is at the end. */
const NEAR = 64

interface Newest {
  /** Messages that came while the reader was further up. */
  unseen: number
  away: boolean
  onScroll: (event: UIEvent<HTMLElement>) => void
  jump: () => void
}

/** Where the reader is in a thread whose scroller is reversed: its position counts up from the newest message. */
export function useNewest(scroller: RefObject<HTMLElement | null>, messages: Message[]): Newest {
  const newest = messages.at(-1)?.id
  const [leftAt, setLeftAt] = useState<string>()
  const seen = messages.findIndex(({ id }) => id === leftAt)

  return {
    away: leftAt !== undefined,
    unseen: seen === -1 ? 0 : messages.length - 1 - seen,
    onScroll: (event) => {
      const away = Math.abs(event.currentTarget.scrollTop) > NEAR
      setLeftAt((before) => (away ? (before ?? newest) : undefined))
    },
    jump: () => scroller.current?.scrollTo({ top: 0, behavior: 'smooth' }),
  }
}

/** Whoever sends something wants to see it, wherever they were reading. */
export function useOwnInSight(scroller: RefObject<HTMLElement | null>, outgoing: Outgoing[]): void {
  const own = outgoing.at(-1)?.key
  useEffect(() => {
    if (own) scroller.current?.scrollTo({ top: 0 })
  }, [own, scroller])
}
