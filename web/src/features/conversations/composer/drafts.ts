import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { useCurrentUser } from '@/shared/api/current-user'
import { session } from '@/shared/api/session'
import { isRecord, parseJson } from '@/shared/json/read'
import type { Message } from '../types'
import type { Chosen } from './files/chosen'

const KEY = 'pytake.drafts'
const none: Chosen[] = []

interface Drafts {
  /** What was begun, by person and conversation. It outlives a reload, and ends with the tab. */
  texts: Record<string, string>
  /** The message that an answer is being written to. */
  quotes: Record<string, Message>
  files: Record<string, Chosen[]>
}

const nothing: Drafts = { texts: {}, quotes: {}, files: {} }

const drafts = createStore<Drafts>(() => ({ ...nothing, texts: restore() }))
drafts.subscribe(({ texts }) => sessionStorage.setItem(KEY, JSON.stringify(texts)))
session.subscribe(({ token, expired }) => {
  // Who has to sign in again goes on where they were; who leaves, leaves nothing behind.
  if (token === null && !expired) drafts.setState(nothing)
})

export interface Draft {
  text: string
  quoted: Message | undefined
  files: Chosen[]
  write: (text: string) => void
  quote: (message: Message | undefined) => void
  attach: (files: Chosen[]) => void
  detach: (fileId: string) => void
  clear: () => void
}

export function useDraft(conversationId: string): Draft {
  const place = usePlace(conversationId)
  const text = useStore(drafts, ({ texts }) => texts[place] ?? '')
  const quoted = useStore(drafts, ({ quotes }) => quotes[place])
  const files = useStore(drafts, (state) => state.files[place] ?? none)

  function keepFiles(change: (before: Chosen[]) => Chosen[]): void {
    drafts.setState((state) => ({
      files: put(state.files, place, change(state.files[place] ?? [])),
    }))
  }

  return {
    text,
    quoted,
    files,
    write: (next) =>
      drafts.setState(({ texts }) => ({ texts: put(texts, place, next || undefined) })),
    quote: (message) => drafts.setState(({ quotes }) => ({ quotes: put(quotes, place, message) })),
    attach: (added) => keepFiles((before) => [...before, ...added]),
    detach: (fileId) => keepFiles((before) => before.filter(({ id }) => id !== fileId)),
    clear: () =>
      drafts.setState((state) => ({
        texts: put(state.texts, place, undefined),
        quotes: put(state.quotes, place, undefined),
        files: put(state.files, place, undefined),
      })),
  }
}

/** Begins an answer to one message. */
export function useQuote(conversationId: string): (message: Message) => void {
  const place = usePlace(conversationId)
  return (message) => drafts.setState(({ quotes }) => ({ quotes: put(quotes, place, message) }))
}

/** One browser may serve two people, one after the other. */
function usePlace(conversationId: string): string {
  return `${useCurrentUser()?.id ?? ''}/${conversationId}`
}

function put<T>(from: Record<string, T>, key: string, value: T | undefined): Record<string, T> {
  const others = Object.entries(from).filter(([place]) => place !== key)
  return Object.fromEntries(value === undefined ? others : [...others, [key, value]])
}

function restore(): Record<string, string> {
  const kept = parseJson(sessionStorage.getItem(KEY) ?? '')
  if (!isRecord(kept)) return {}
  return Object.fromEntries(
    Object.entries(kept).flatMap(([place, text]) =>
      typeof text === 'string' ? [[place, text] as const] : [],
    ),
  )
}
