import type { QueryClient } from '@tanstack/react-query'
import type { LiveEvent } from '@/shared/api/socket'
import { readString } from '@/shared/json/read'
import { contactKeys } from '../contact-api'
import { conversationKeys, everyListed, findInLists, type MessagePages } from '../api'
import type { Conversation } from '../types'
import { putEverywhere, putMessage } from './cache'
import { afterEvent, conversationOf, messageOf } from './facts'

/** What makes a conversation worth showing that nobody has seen yet. */
const INTRODUCTIONS = [
  'conversation.opened',
  'conversation.updated',
  'message.received',
  'message.created',
]

/**
 * Brings every cached list and thread up to date. Duplicates, replays and late events do no harm.
 * Gives back the conversations whose events tell only what changed, so that the whole must be asked for.
 */
export function applyEvents(queries: QueryClient, events: LiveEvent[]): Set<string> {
  const strangers = new Set<string>()
  for (const [id, about] of groupByConversation(events)) {
    putMessages(queries, id, about)
    const known =
      queries.getQueryData<Conversation>(conversationKeys.detail(id)) ?? findInLists(queries, id)
    if (known) putEverywhere(queries, about.reduce(afterEvent, known))
    else if (about.some(({ type }) => INTRODUCTIONS.includes(type))) strangers.add(id)
  }
  for (const id of withChangedContact(queries, events)) strangers.add(id)
  followPeople(queries, events)
  return strangers
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

/** Who somebody is has changed; when two became one, or one two, their talks are others too. */
function followPeople(queries: QueryClient, events: LiveEvent[]): void {
  const about = events.filter(({ type }) => type.startsWith('contact.'))
  if (about.length > 0) void queries.invalidateQueries({ queryKey: contactKeys.all })
  if (about.some(({ type }) => type === 'contact.merged' || type === 'contact.unmerged')) {
    void queries.invalidateQueries({ queryKey: conversationKeys.all })
  }
}

/** The event names the person only; the new name is for the server to say. */
function withChangedContact(queries: QueryClient, events: LiveEvent[]): string[] {
  const changed = events
    .filter(({ type }) => type === 'contact.updated')
    .map(({ payload }) => readString(payload, 'contact_id'))
  if (changed.length === 0) return []
  return everyListed(queries)
    .filter(({ contact }) => changed.includes(contact.id))
    .map(({ id }) => id)
}
