import type { QueryClient } from '@tanstack/react-query'
import type { LiveEvent } from '@/shared/api/socket'
import { conversationKeys } from '../api'

/** Nobody reads numbers that change faster. */
const PAUSE = 1_500

/** Has the lists counted anew after events that may have moved a conversation: the first at once, then in rounds. */
export function createRecount(queries: QueryClient): (events: LiveEvent[]) => void {
  let isWanted = false
  let round: ReturnType<typeof setTimeout> | undefined

  function ask(): void {
    round = undefined
    if (!isWanted) return
    isWanted = false
    void queries.invalidateQueries({ queryKey: conversationKeys.counts }, { cancelRefetch: false })
    round = setTimeout(ask, PAUSE)
  }

  return (events) => {
    isWanted ||= events.some(({ type }) => type.startsWith('conversation.'))
    if (round === undefined) ask()
  }
}
