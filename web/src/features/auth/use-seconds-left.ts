import { useEffect, useState } from 'react'

export interface Pause {
  /** In milliseconds, as `Date.now()`. */
  since: number
  until: number
}

/** Seconds until a pause is over; 0 when it is, or there is none. */
export function useSecondsLeft(pause: Pause | undefined): number {
  const [ticked, setTicked] = useState(0)
  const left = pause ? secondsFrom(Math.max(ticked, pause.since), pause.until) : 0
  const running = left > 0

  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => setTicked(Date.now()), 500)
    return () => clearInterval(timer)
  }, [running])

  return left
}

function secondsFrom(now: number, until: number): number {
  return Math.max(0, Math.ceil((until - now) / 1000))
}

/** `14:32`. */
export function asClock(seconds: number): string {
  const rest = String(seconds % 60).padStart(2, '0')
  return `${Math.floor(seconds / 60)}:${rest}`
}
