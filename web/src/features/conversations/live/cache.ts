import type { QueryClient } from '@tanstack/react-query'
import { conversationKeys, filters, type ConversationPages, type MessagePages } from '../api'
import { mergeMessage } from '../delivery'
import { byActivity, byAge } from '../order'
import type { Conversation, Filter, Message } from '../types'

const FINISHED = ['resolved', 'closed']

export function belongs(conversation: Conversation, filter: Filter): boolean {
  if (filter === 'all') return true
  return FINISHED.includes(conversation.status) === (filter === 'resolved')
}

/** The thread with this message in it; the same object when it says nothing new. */
export function putMessage(data: MessagePages, message: Message): MessagePages {
  for (const [index, page] of data.pages.entries()) {
    const known = page.items.find(({ id }) => id === message.id)
    if (!known) continue
    const merged = mergeMessage(known, message)
    if (merged === known) return data
    const items = page.items.map((item) => (item === known ? merged : item))
    return { ...data, pages: data.pages.with(index, { ...page, items }) }
  }

  const newest = data.pages[0]
  if (!newest || liesBeyond(data, message)) return data
  return { ...data, pages: data.pages.with(0, { ...newest, items: [...newest.items, message] }) }
}

/** Older than everything loaded, while the server has more: it will come with its own page. */
function liesBeyond(data: MessagePages, message: Message): boolean {
  const page = data.pages.at(-1)
  if (page?.next == null) return false
  return page.items.every((item) => byAge(message, item) < 0)
}

/** The list with this conversation where its filter wants it; the same object when nothing changes. */
export function putConversation(
  data: ConversationPages,
  conversation: Conversation,
  filter: Filter,
): ConversationPages {
  const wanted = belongs(conversation, filter)

  for (const [index, page] of data.pages.entries()) {
    const known = page.items.find(({ id }) => id === conversation.id)
    if (!known) continue
    if (wanted && known === conversation) return data
    const items = wanted
      ? page.items.map((item) => (item === known ? conversation : item))
      : page.items.filter((item) => item !== known)
    return { ...data, pages: data.pages.with(index, { ...page, items }) }
  }

  const first = data.pages[0]
  if (!wanted || !first || sinksBelow(data, conversation)) return data
  return { ...data, pages: data.pages.with(0, { ...first, items: [conversation, ...first.items] }) }
}

function sinksBelow(data: ConversationPages, conversation: Conversation): boolean {
  const page = data.pages.at(-1)
  if (page?.next == null) return false
  return page.items.every((item) => byActivity(conversation, item) > 0)
}

/** Every list and the detail of this conversation, as far as they are loaded. */
export function putEverywhere(queries: QueryClient, conversation: Conversation): void {
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
