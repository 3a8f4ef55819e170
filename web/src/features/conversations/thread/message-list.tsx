import { ActionIcon, Loader, VisuallyHidden } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { Failure } from '@/shared/ui/failure'
import { useMessages } from '../api'
import { previewText } from '../content'
import { isApplied } from '../marks'
import type { Message } from '../types'
import { Bubble } from './bubble'
import { DayMark } from './day-mark'
import classes from './message-list.module.css'
import { NoticeLine } from './notice-line'
import { ThreadSkeleton } from './thread-skeleton'
import { buildTimeline, type DayItem } from './timeline'
import { useNewest } from './use-newest'
import { useSeek } from './use-seek'
import { useOnSight } from '../use-on-sight'

interface MessageListProps {
  conversationId: string
  contactName: string
}

export function MessageList({ conversationId, contactName }: MessageListProps) {
  const { t } = useTranslation()
  const { messages, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useMessages(conversationId)

  if (!messages) {
    return error ? (
      <Failure error={error} onRetry={() => void refetch()} />
    ) : (
      <ThreadSkeleton label={t('app.loading')} />
    )
  }
  return (
    <Thread
      messages={messages}
      contactName={contactName}
      hasOlder={hasNextPage}
      loadingOlder={isFetchingNextPage}
      onOlder={() => {
        if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
      }}
    />
  )
}

interface ThreadProps {
  messages: Message[]
  contactName: string
  hasOlder: boolean
  loadingOlder: boolean
  onOlder: () => void
}

function Thread({ messages: all, contactName, hasOlder, loadingOlder, onOlder }: ThreadProps) {
  const { t } = useTranslation()
  const { zone } = useTimeStyle()
  const scroller = useRef<HTMLDivElement>(null)
  const top = useRef<HTMLDivElement>(null)
  const messages = useMemo(() => all.filter((message) => !isApplied(message)), [all])
  const { away, unseen, onScroll, jump } = useNewest(scroller, messages)
  const days = useMemo(() => buildTimeline(messages, zone), [messages, zone])
  const { seeking, seek } = useSeek(messages, { hasOlder, loadingOlder, onOlder })
  useOnSight(top, scroller, onOlder)

  return (
    <div className={classes.place}>
      <div
        ref={scroller}
        className={classes.scroller}
        onScroll={onScroll}
        tabIndex={0}
        role="region"
        aria-label={t('thread.messages', { name: contactName })}
      >
        <div className={classes.messages}>
          <div ref={top} />
          <div className={classes.edge}>
            {loadingOlder && <Loader size="xs" aria-label={t('thread.loadingOlder')} />}
            {seeking && !loadingOlder && t('thread.seeking')}
            {!hasOlder && messages.length > 0 && t('thread.start')}
            {messages.length === 0 && t('thread.empty')}
          </div>
          {days.map(({ key, at, items }) => (
            <section key={key} className={classes.day}>
              <DayMark at={at} />
              {items.map((item) => (
                <DayRow
                  key={item.message.id}
                  item={item}
                  contactName={contactName}
                  onQuote={seek}
                />
              ))}
            </section>
          ))}
        </div>
      </div>
      {away && (
        <div className={classes.jump}>
          {unseen > 0 && (
            <span className={classes.unseen}>{t('thread.newMessages', { count: unseen })}</span>
          )}
          <ActionIcon
            size={38}
            radius="xl"
            variant="default"
            aria-label={t('thread.jumpToNewest')}
            onClick={jump}
          >
            <IconArrowDown size={20} stroke={1.8} />
          </ActionIcon>
        </div>
      )}
      <Announcer messages={messages} contactName={contactName} />
    </div>
  )
}

interface DayRowProps {
  item: DayItem
  contactName: string
  onQuote: (whatsappId: string) => void
}

function DayRow({ item, contactName, onQuote }: DayRowProps) {
  if (item.kind === 'notice') return <NoticeLine message={item.message} contactName={contactName} />
  return (
    <Bubble
      message={item.message}
      first={item.first}
      last={item.last}
      quote={item.quote}
      reactions={item.reactions}
      contactName={contactName}
      onQuote={onQuote}
    />
  )
}

/** Reads out what the customer writes while the thread is open, and nothing of what was there before. */
function Announcer({ messages, contactName }: Pick<ThreadProps, 'messages' | 'contactName'>) {
  const { t } = useTranslation()
  const newest = messages.at(-1)
  const [first] = useState(newest?.id)
  const said = newest && newest.id !== first && newest.direction === 'inbound' && newest

  return (
    <VisuallyHidden aria-live="polite">
      {said && t('thread.received', { name: contactName, text: previewText(said) ?? said.type })}
    </VisuallyHidden>
  )
}
