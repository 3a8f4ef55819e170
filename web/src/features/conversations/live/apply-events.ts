import type { QueryClient } from '@tanstack/react-query'
import type { LiveEvent } from '@/shared/api/socket'
import {
  conversationKeys,
  conversationQuery,
  filters,
  findInLists,
  type ConversationPages,
  type MessagePages,
} from '../api'
import type { Conversation } from '../types'
import { putConversation, putMessage } from './cache'
import { afterEvent, conversationOf, messageOf } from './facts'

/** More strangers than this in one batch, and asking for the list is cheaper than for each of them. */
const STRANGERS = 5

/** Brings every cached list and thread up to date. Duplicates, replays and late events do no harm. */
export function applyEvents(queries: QueryClient, events: LiveEvent[]): void {
  const strangers = new Set<string>()

  for (const [id, about] of groupByConversation(events)) {
    putMessages(queries, id, about)
    const known =
      queries.getQueryData<Conversation>(conversationKeys.detail(id)) ?? findInLists(queries, id)
    if (known) put(queries, about.reduce(afterEvent, known))
    else strangers.add(id)
  }

  if (strangers.size > STRANGERS) {
    void queries.invalidateQueries({ queryKey: [...conversationKeys.all, 'list'] })
  } else {
    for (const id of strangers) void meet(queries, id)
  }
}

function groupByConversation(events: LiveEvent[]): Map<string, LiveEvent[]> {
  const groups = new Map<string, LiveEvent[]>()
  for (const event of events) {
    const id = conversationOf(event)
    if (id === undefined) continue
    const group = groups.get(id)
    if (group) group.push(event)
    else groups.set(id, [event])
  }
  return groups
}

function putMessages(queries: QueryClient, conversationId: string, events: LiveEvent[]): void {
  const messages = events.map(messageOf).filter((message) => message !== undefined)
  if (messages.length === 0) return
  queries.setQueryData<MessagePages>(
    conversationKeys.messages(conversationId),
    (data) => data && messages.reduce(putMessage, data),
  )
}

function put(queries: QueryClient, conversation: Conversation): void {
  queries.setQueryData<Conversation>(
    conversationKeys.detail(conversation.id),
    (known) => known && conversation,
  )
  for (const filter of filters) {
    queries.setQueryData<ConversationPages>(
      conversationKeys.list(filter),
      (data) => data && putConversation(data, conversation, filter),
    )
  }
}

/** A conversation we have not seen: its events tell only what changed, so the whole is asked for. */
async function meet(queries: QueryClient, id: string): Promise<void> {
  const found = await queries
    .query({ ...conversationQuery(id), staleTime: 0 })
    // One that is gone, or not ours to see, has no place in a list; the list's own retry covers the rest.
    .catch(() => undefined)
  if (found) put(queries, found)
}
