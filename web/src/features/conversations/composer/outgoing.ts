import type { QueryClient } from '@tanstack/react-query'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { createStore } from 'zustand/vanilla'
import { useCurrentUser } from '@/shared/api/current-user'
import { ApiError } from '@/shared/api/errors'
import type { components } from '@/shared/api/schema'
import { session } from '@/shared/api/session'
import { conversationKeys, type MessagePages } from '../api'
import { applyEvents } from '../live/apply-events'
import { putLinks } from '../media/links'
import { byAge } from '../order'
import type { Message } from '../types'
import { deliver, naming } from './deliver'
import type { MediaKind } from './files/limits'

export type MessageWrite = components['schemas']['MessageWrite']

/** A message that was written here and that the server has not confirmed yet. */
export interface Outgoing {
  /** The same for every try, so that a retry never doubles the message. */
  key: string
  conversationId: string
  authorId: string
  body: MessageWrite
  /** What the thread shows meanwhile. */
  message: Message
  state: 'waiting' | 'sending' | 'failed'
  error?: unknown
  /** What goes to the server before the message that names it. */
  file?: OutgoingFile
  /** The newest message that was known when this one left: its own echo can only come later. */
  after?: string | undefined
}

export interface OutgoingFile {
  kind: MediaKind
  blob: Blob
  name?: string
  isVoice?: boolean
  /** Where this page shows it from, until the server does. */
  url: string
  /** How much of it is there, from 0 to 1. */
  progress: number
  /** As the server has it. */
  stored?: StoredFile
}

export type StoredFile = components['schemas']['FileRead']

const outgoing = createStore<{ items: Outgoing[] }>(() => ({ items: [] }))
const busy = new Set<string>()
const stops = new Map<string, AbortController>()

session.subscribe(({ token, expired }) => {
  if (token === null && !expired) for (const { key } of outgoing.getState().items) discard(key)
})

outgoing.subscribe(({ items }) => {
  if (items.length > 0) addEventListener('beforeunload', askBeforeLeaving)
  else removeEventListener('beforeunload', askBeforeLeaving)
})

/** Puts a message in the line of its conversation: each leaves when the one before has arrived. */
export function send(queries: QueryClient, item: Outgoing): void {
  outgoing.setState(({ items }) => ({ items: [...items, item] }))
  void workThrough(queries, item.conversationId)
}

/** Everything of the conversation that failed goes again, in its order. */
export function retry(queries: QueryClient, conversationId: string): void {
  change(
    (item) => item.conversationId === conversationId && item.state === 'failed',
    () => ({ state: 'waiting', error: undefined }),
  )
  void workThrough(queries, conversationId)
}

/** Gives a message up, its file in the middle of its way as well. */
export function discard(key: string): void {
  stops.get(key)?.abort()
  const file = outgoing.getState().items.find((item) => item.key === key)?.file
  if (file) URL.revokeObjectURL(file.url)
  outgoing.setState(({ items }) => ({ items: items.filter((item) => item.key !== key) }))
}

/** What of this conversation is on its way, in its order. */
export function useOutgoing(conversationId: string): Outgoing[] {
  const authorId = useCurrentUser()?.id
  return useStore(
    outgoing,
    useShallow(({ items }) =>
      items.filter((item) => item.conversationId === conversationId && item.authorId === authorId),
    ),
  )
}

/** The message of this id, if it is one that has not arrived. */
export function useUnsent(id: string): Outgoing | undefined {
  return useStore(outgoing, ({ items }) => items.find(({ message }) => message.id === id))
}

async function workThrough(queries: QueryClient, conversationId: string): Promise<void> {
  if (busy.has(conversationId)) return
  busy.add(conversationId)
  for (let next = first(conversationId); next; next = first(conversationId))
    await sendOne(queries, next)
  busy.delete(conversationId)
}

function first(conversationId: string): Outgoing | undefined {
  return outgoing
    .getState()
    .items.find((item) => item.conversationId === conversationId && item.state === 'waiting')
}

async function sendOne(queries: QueryClient, item: Outgoing): Promise<void> {
  const stop = new AbortController()
  stops.set(item.key, stop)
  const after = newestOf(queries, item.conversationId)
  change(isThis(item), () => ({ state: 'sending', after }))
  try {
    arrive(queries, item.key, await deliver(item, stop.signal, (file) => follow(item.key, file)))
  } catch (error) {
    if (!stop.signal.aborted) fail(item, error)
  } finally {
    stops.delete(item.key)
  }
}

/** The message takes its place in the thread at once, whether or not events can arrive. */
function arrive(queries: QueryClient, key: string, message: Message): void {
  const stored = outgoing.getState().items.find((item) => item.key === key)?.file?.stored
  if (stored) putLinks(queries, message, stored)
  const payload = { conversation_id: message.conversation_id, message }
  applyEvents(queries, [{ type: 'message.created', payload, createdAt: message.created_at }])
  discard(key)
}

/** How far the file of a message is; the message names it once it is stored. */
function follow(key: string, changed: Partial<OutgoingFile>): void {
  change(
    (item) => item.key === key,
    ({ file, body }) => ({
      ...(file && { file: { ...file, ...changed } }),
      ...(changed.stored && { body: naming(body, changed.stored) }),
    }),
  )
}

function fail(item: Outgoing, error: unknown): void {
  const stopped = isAboutItself(error)
    ? isThis(item)
    : (one: Outgoing) => one.conversationId === item.conversationId && one.state !== 'failed'
  change(stopped, () => ({ state: 'failed', error }))
}

/** Refused for what it says: those behind it may do better. Any other reason is theirs as well. */
export function isAboutItself(error: unknown): boolean {
  return error instanceof ApiError && [400, 413, 422].includes(error.status)
}

function isThis({ key }: Outgoing): (item: Outgoing) => boolean {
  return (item) => item.key === key
}

function change(
  which: (item: Outgoing) => boolean,
  how: (item: Outgoing) => Partial<Outgoing>,
): void {
  outgoing.setState(({ items }) => ({
    items: items.map((item) => (which(item) ? { ...item, ...how(item) } : item)),
  }))
}

/** What has not arrived would be lost with the page. */
function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

function newestOf(queries: QueryClient, conversationId: string): string | undefined {
  const pages = queries.getQueryData<MessagePages>(conversationKeys.messages(conversationId))?.pages
  return pages
    ?.flatMap(({ items }) => items)
    .sort(byAge)
    .at(-1)?.id
}
