import { Button } from '@mantine/core'
import { useDeferredValue, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure } from '@/shared/ui/failure'
import { usePageTitle } from '@/shared/ui/use-page-title'
import { useConversations } from '../api'
import { useUnread } from '../seen'
import type { Conversation, Filter } from '../types'
import { useOnSight } from '../use-on-sight'
import classes from './conversation-list.module.css'
import { ConversationRow } from './conversation-row'
import { ListEmpty, NoMatch } from './list-empty'
import { ListHead } from './list-head'
import { ListSkeleton } from './list-skeleton'
import { useSearch } from './use-search'

interface ConversationListProps {
  filter: Filter
  onFilter: (filter: Filter) => void
}

export function ConversationList({ filter, onFilter }: ConversationListProps) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const conversations = useConversations(filter)
  const isUnread = useUnread()
  const unread = conversations.conversations?.filter(isUnread).length ?? 0
  const title = t('conversations.title')
  usePageTitle(unread > 0 ? t('conversations.unreadTitle', { count: unread, title }) : title)

  return (
    <section className={classes.pane} aria-label={t('conversations.list')}>
      <ListHead filter={filter} onFilter={onFilter} query={query} onQuery={setQuery} />
      <Rows query={query} filter={filter} source={conversations} isUnread={isUnread} />
    </section>
  )
}

interface RowsProps {
  query: string
  filter: Filter
  source: ReturnType<typeof useConversations>
  isUnread: ReturnType<typeof useUnread>
}

function Rows({ query, filter, source, isUnread }: RowsProps) {
  const { t } = useTranslation()
  const { conversations, error, refetch } = source

  if (!conversations) {
    return error ? (
      <Failure error={error} onRetry={() => void refetch()} />
    ) : (
      <ListSkeleton label={t('app.loading')} />
    )
  }
  if (conversations.length === 0) return <ListEmpty filter={filter} />
  return (
    <Found
      query={query}
      filter={filter}
      conversations={conversations}
      source={source}
      isUnread={isUnread}
    />
  )
}

interface FoundProps extends RowsProps {
  conversations: Conversation[]
}

function Found({ query, filter, conversations, source, isUnread }: FoundProps) {
  const { t } = useTranslation()
  const sought = useDeferredValue(query)
  const { found, searching } = useSearch(filter, conversations, sought)
  const scroller = useRef<HTMLDivElement>(null)
  const end = useRef<HTMLDivElement>(null)
  const { hasNextPage, fetchNextPage, isFetchingNextPage } = source

  function more() {
    if (hasNextPage && !isFetchingNextPage && !query) void fetchNextPage()
  }
  useOnSight(end, scroller, more)

  return (
    <div ref={scroller} className={classes.scroller}>
      {found.length === 0 && !searching && <NoMatch query={sought} />}
      <ul className={classes.rows} onKeyDown={walk}>
        {found.map((conversation) => (
          <ConversationRow
            key={conversation.id}
            conversation={conversation}
            unread={isUnread(conversation)}
          />
        ))}
      </ul>
      {searching && (
        <p className={classes.searching} role="status">
          {t('conversations.searching')}
        </p>
      )}
      <div ref={end}>
        {hasNextPage && !query && (
          <Button variant="subtle" fullWidth loading={isFetchingNextPage} onClick={more}>
            {t('conversations.loadMore')}
          </Button>
        )}
      </div>
    </div>
  )
}

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** Arrows walk the list; Enter, being on a link, opens. */
function walk(event: KeyboardEvent<HTMLUListElement>): void {
  const step = STEPS[event.key]
  if (!step) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')]
  const at = rows.findIndex((row) => row === document.activeElement)
  event.preventDefault()
  rows[step(at, rows.length)]?.focus()
}
