import { queryOptions, useMutation, useQuery, type QueryClient } from '@tanstack/react-query'
import { api, done, unwrap } from '@/shared/api/client'
import type { components } from '@/shared/api/schema'
import type { Message } from '../types'

export type MediaLinks = components['schemas']['MediaLinks']
type LinkList = components['schemas']['MediaLinkList']

/** Links live an hour at least; a new one is asked for well before that. */
const FRESH = 45 * 60 * 1000
/** As many as one question may ask for. */
const MOST = 50

interface Asked {
  messageId: string
  answer: (links: MediaLinks | null) => void
  refuse: (cause: unknown) => void
}

const waiting = new Map<string, Asked[]>()

/** Whatever is drawn at the same moment asks once, and not for each picture. */
function ask(conversationId: string, messageId: string): Promise<MediaLinks | null> {
  return new Promise((answer, refuse) => {
    const asked = waiting.get(conversationId) ?? []
    if (asked.length === 0) setTimeout(() => void askAll(conversationId), 0)
    waiting.set(conversationId, [...asked, { messageId, answer, refuse }])
  })
}

async function askAll(conversationId: string): Promise<void> {
  const asked = waiting.get(conversationId) ?? []
  waiting.delete(conversationId)
  for (let at = 0; at < asked.length; at += MOST)
    await askSome(conversationId, asked.slice(at, at + MOST))
}

async function askSome(conversationId: string, asked: Asked[]): Promise<void> {
  try {
    const found = await fetchLinks(
      conversationId,
      asked.map(({ messageId }) => messageId),
    )
    for (const { messageId, answer } of asked)
      answer(found.items.find((links) => links.message_id === messageId) ?? null)
  } catch (cause) {
    for (const { refuse } of asked) refuse(cause)
  }
}

function fetchLinks(conversationId: string, messageIds: string[]): Promise<LinkList> {
  return unwrap(
    api.GET('/api/v1/conversations/{conversation_id}/media-links', {
      params: { path: { conversation_id: conversationId }, query: { message_id: messageIds } },
    }),
  )
}

function linksQuery(message: Message) {
  return queryOptions({
    queryKey: ['media-links', message.conversation_id, message.id],
    queryFn: () => ask(message.conversation_id, message.id),
    staleTime: FRESH,
  })
}

/** The links to the file of a message, once it is here. */
export function useLinks(message: Message) {
  return useQuery({ ...linksQuery(message), enabled: message.media?.state === 'stored' })
}

/** What is known without asking, of a file that this page has sent itself. */
export function putLinks(
  queries: QueryClient,
  message: Message,
  links: Omit<MediaLinks, 'message_id'>,
): void {
  const { url, thumbnail_url, download_url } = links
  const known: MediaLinks = { message_id: message.id, url, thumbnail_url, download_url }
  queries.setQueryData(linksQuery(message).queryKey, () => known)
}

export function useRetry(message: Message) {
  return useMutation({
    mutationFn: () =>
      done(
        api.POST('/api/v1/conversations/{conversation_id}/messages/{message_id}/media/retry', {
          params: { path: { conversation_id: message.conversation_id, message_id: message.id } },
        }),
      ),
  })
}
