import type { QueryClient } from '@tanstack/react-query'
import { conversationKeys, conversationQuery } from '../api'
import type { Conversation } from '../types'
import { putEverywhere } from './cache'

/** More than this at once, and asking for the list is cheaper than for each of them. */
const FEW = 5
/** A campaign opens hundreds of conversations a minute; nobody can read a list that moves faster. */
const PAUSE = 1_500

/** Asks for conversations that events speak of and the page has not seen: the first at once, then in rounds. */
export function createStrangers(queries: QueryClient): (ids: Iterable<string>) => void {
  const waiting = new Set<string>()
  let round: ReturnType<typeof setTimeout> | undefined

  function ask(): void {
    round = undefined
    if (waiting.size === 0) return
    if (waiting.size > FEW) {
      const lists = [...conversationKeys.all, 'list']
      void queries.invalidateQueries({ queryKey: lists }, { cancelRefetch: false })
    } else {
      for (const id of waiting) void meet(queries, id)
    }
    waiting.clear()
    round = setTimeout(ask, PAUSE)
  }

  return (ids) => {
    for (const id of ids) waiting.add(id)
    if (round === undefined) ask()
  }
}

async function meet(queries: QueryClient, id: string): Promise<void> {
  const found: Conversation | undefined = await queries
    .query({ ...conversationQuery(id), staleTime: 0 })
    // One that is gone, or not ours to see, has no place in a list; the list's own retry covers the rest.
    .catch(() => undefined)
  // Events that overtook the answer may already be in the cache.
  const newest = queries.getQueryData<Conversation>(conversationKeys.detail(id)) ?? found
  if (newest) putEverywhere(queries, newest)
}
