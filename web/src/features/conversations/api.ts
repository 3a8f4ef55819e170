import {
  queryOptions,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, unwrap } from '@/shared/api/client'
import { useLiveInterval } from '@/shared/api/live'
import { byActivity, byAge } from './order'
import type { Conversation, ConversationPage, Filter, Message, MessagePage } from './types'

const PAGE = 50

export type ConversationPages = InfiniteData<ConversationPage>
export type MessagePages = InfiniteData<MessagePage>

export const filters: readonly Filter[] = ['live', 'resolved', 'all']

export const conversationKeys = {
  all: ['conversations'] as const,
  counts: ['conversations', 'counts'] as const,
  list: (filter: Filter) => ['conversations', 'list', filter] as const,
  detail: (id: string) => ['conversations', 'detail', id] as const,
  messages: (id: string) => ['conversations', 'messages', id] as const,
}

const firstPage: string | null = null

/** Loaded once; events keep it true, and it asks again by itself only while events cannot arrive. */
const kept = { staleTime: Infinity } as const

function page(cursor: string | null) {
  return cursor === null ? { limit: PAGE } : { limit: PAGE, cursor }
}

export function useConversations(filter: Filter) {
  const query = useInfiniteQuery({
    queryKey: conversationKeys.list(filter),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/conversations', {
          params: { query: { status: filter, ...page(pageParam) } },
          signal,
        }),
      ),
    initialPageParam: firstPage,
    getNextPageParam: (last) => last.next,
    refetchInterval: useLiveInterval(),
    ...kept,
  })
  const { data } = query
  const conversations = useMemo(() => data && inOrder(data), [data])
  return { ...query, conversations }
}

function inOrder(data: ConversationPages): Conversation[] {
  const byId = new Map<string, Conversation>()
  for (const { items } of data.pages) {
    // A conversation that rose while pages were being read is in two of them.
    for (const item of items) if (!byId.has(item.id)) byId.set(item.id, item)
  }
  return [...byId.values()].sort(byActivity)
}

/** How many each list shows; without an answer there are simply no numbers. */
export function useConversationCounts() {
  const { data } = useQuery({
    queryKey: conversationKeys.counts,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/conversations/counts', { signal })),
    refetchInterval: useLiveInterval(),
    ...kept,
  })
  return data?.by_filter
}

export function conversationQuery(id: string) {
  return queryOptions({
    queryKey: conversationKeys.detail(id),
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/conversations/{conversation_id}', {
          params: { path: { conversation_id: id } },
          signal,
        }),
      ),
    ...kept,
  })
}

/** Usually known from a list, which events keep as true as an answer would be. */
export function useConversation(id: string) {
  const queries = useQueryClient()
  return useQuery({
    ...conversationQuery(id),
    initialData: () => findInLists(queries, id),
    refetchInterval: useLiveInterval(),
  })
}

export function findInLists(queries: QueryClient, id: string): Conversation | undefined {
  return everyListed(queries).find((conversation) => conversation.id === id)
}

export function everyListed(queries: QueryClient): Conversation[] {
  return filters
    .flatMap(
      (filter) =>
        queries.getQueryData<ConversationPages>(conversationKeys.list(filter))?.pages ?? [],
    )
    .flatMap(({ items }) => items)
}

export function useMessages(conversationId: string) {
  const query = useInfiniteQuery({
    queryKey: conversationKeys.messages(conversationId),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/conversations/{conversation_id}/messages', {
          params: { path: { conversation_id: conversationId }, query: page(pageParam) },
          signal,
        }),
      ),
    initialPageParam: firstPage,
    getNextPageParam: (oldest) => oldest.next,
    refetchInterval: useLiveInterval(),
    ...kept,
  })
  const { data } = query
  const messages = useMemo(() => data && oldestFirst(data), [data])
  return { ...query, messages }
}

function oldestFirst(data: MessagePages): Message[] {
  const byId = new Map<string, Message>()
  for (const { items } of data.pages) for (const item of items) byId.set(item.id, item)
  return [...byId.values()].sort(byAge)
}
