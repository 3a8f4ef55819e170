import { ActionIcon, Loader, VisuallyHidden } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { Failure } from '@/shared/ui/failure'
import { useMessages } from '../api'
import { useOutgoing, type Outgoing } from '../composer/outgoing'
import { withOutgoing } from '../composer/with-outgoing'
import { previewText } from '../content'
import { isApplied } from '../marks'
import type { Message } from '../types'
import { Bubble } from './bubble'
import { DayMark } from './day-mark'
import classes from './message-list.module.css'
import { NoticeLine } from './notice-line'
import { ThreadSkeleton } from './thread-skeleton'
import { buildTimeline, type DayItem } from './timeline'
import { useNewest, useOwnInSight } from './use-newest'
import { useSeek } from './use-seek'
import { useOnSight } from '../use-on-sight'

interface MessageListProps {
  conversationId: string
  contactName: string
  canReply: boolean
}

export function MessageList({ conversationId, contactName, canReply }: MessageListProps) {
  const { t } = useTranslation()
  const outgoing = useOutgoing(conversationId)
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
      outgoing={outgoing}
      contactName={contactName}
      canReply={canReply}
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
  outgoing: Outgoing[]
  contactName: string
  canReply: boolean
  hasOlder: boolean
  loadingOlder: boolean
  onOlder: () => void
}

function Thread(props: ThreadProps) {
  const {
    messages: known,
    outgoing,
    contactName,
    canReply,
    hasOlder,
    loadingOlder,
    onOlder,
  } = props
  const { t } = useTranslation()
  const { zone } = useTimeStyle()
  const scroller = useRef<HTMLDivElement>(null)
  const top = useRef<HTMLDivElement>(null)
  const messages = useMemo(
    () => withOutgoing(known, outgoing).filter((message) => !isApplied(message)),
    [known, outgoing],
  )
  const { away, unseen, onScroll, jump } = useNewest(scroller, messages)
  const days = useMemo(() => buildTimeline(messages, zone), [messages, zone])
  const { seeking, seek } = useSeek(messages, { hasOlder, loadingOlder, onOlder })
  useOnSight(top, scroller, onOlder)
  useOwnInSight(scroller, outgoing)

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
                  canReply={canReply}
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
      <Announcer messages={known} contactName={contactName} />
    </div>
  )
}

interface DayRowProps {
  item: DayItem
  contactName: string
  canReply: boolean
  onQuote: (whatsappId: string) => void
}

function DayRow({ item, contactName, canReply, onQuote }: DayRowProps) {
  if (item.kind === 'notice') return <NoticeLine message={item.message} contactName={contactName} />
  return (
    <Bubble
      message={item.message}
      first={item.first}
      last={item.last}
      quote={item.quote}
      reactions={item.reactions}
      contactName={contactName}
      canReply={canReply}
      onQuote={onQuote}
    />
  )
}

/** Reads out what the customer writes while the thread is open, and nothing of what was there before. */
function Announcer({ messages, contactName }: Pick<ThreadProps, 'messages' | 'contactName'>) {
  const { t } = useTranslation()
  const newest = messages.findLast((message) => !isApplied(message))
  const [first] = useState(newest?.id)
  const said = newest && newest.id !== first && newest.direction === 'inbound' && newest

  return (
    <VisuallyHidden aria-live="polite">
      {said && t('thread.received', { name: contactName, text: previewText(said) ?? said.type })}
    </VisuallyHidden>
  )
}
