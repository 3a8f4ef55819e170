import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { clock, fullTime } from '@/shared/format/time'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { isAnswerable } from '../composer/answerable'
import { useUnsent } from '../composer/outgoing'
import { MessageContent } from '../message/message-content'
import { earlierWords, isRevoked } from '../marks'
import { authorOf } from '../person'
import type { Message } from '../types'
import { anchorOf } from './anchor'
import { BubbleActions } from './bubble-actions'
import classes from './bubble.module.css'
import { Edited, Revoked } from './changed'
import { failureOf } from './failure'
import { heldBack } from './held'
import { Origin } from './origin'
import { QuoteBlock } from './quote-block'
import { senderOf } from './sender'
import { Ticks } from './ticks'
import type { BubbleItem } from './timeline'
import { Unsent } from './unsent'

interface BubbleProps extends Omit<BubbleItem, 'kind'> {
  contactName: string
  /** Whether one can write here at all. */
  canReply: boolean
  onQuote: (whatsappId: string) => void
}

export const Bubble = memo(BubbleRow, looksTheSame)

/** A timeline is built anew for every event; a bubble is drawn anew only when it changed. */
function looksTheSame(one: BubbleProps, other: BubbleProps): boolean {
  return (
    one.message === other.message &&
    one.first === other.first &&
    one.last === other.last &&
    one.contactName === other.contactName &&
    one.canReply === other.canReply &&
    one.quote?.message === other.quote?.message &&
    one.quote?.whatsappId === other.quote?.whatsappId &&
    one.reactions.join() === other.reactions.join()
  )
}

function BubbleRow(props: BubbleProps) {
  const { message, first, last, quote, reactions, contactName, canReply, onQuote } = props
  const { t } = useTranslation()
  const style = useTimeStyle()
  const outbound = message.direction === 'outbound'
  const time = clock(new Date(message.created_at), style)
  const revoked = isRevoked(message)
  const author = authorOf(message)
  const unsent = useUnsent(message.id)
  const status = unsent?.state === 'failed' ? unsent.state : message.status
  const edited = earlierWords(message).length > 0 ? t('message.editedMark').length + 1 : 0

  return (
    <div
      className={classes.row}
      data-direction={message.direction}
      data-first={first || undefined}
      data-last={last || undefined}
      style={{ '--meta-room': `${(time.length + edited) * 0.4 + (outbound ? 1.9 : 0.7)}rem` }}
    >
      <div
        id={anchorOf(message)}
        className={classes.bubble}
        data-failed={(outbound && status === 'failed') || undefined}
        data-note={message.type === 'note' || undefined}
        data-reacted={reactions.length > 0 || undefined}
      >
        {outbound && (first || message.type === 'note') && <SenderLabel message={message} />}
        {author && <div className={classes.sender}>{author}</div>}
        {!revoked && <Origin message={message} />}
        {quote && !revoked && (
          <QuoteBlock quote={quote} contactName={contactName} onQuote={onQuote} />
        )}
        {revoked ? <Revoked /> : <MessageContent message={message} />}
        <Meta message={message} status={status} time={time} />
        {reactions.length > 0 && (
          <span className={classes.reactions} title={t('message.reactions')}>
            {reactions.join(' ')}
          </span>
        )}
        {canReply && isAnswerable(message) && <BubbleActions message={message} />}
      </div>
      {unsent ? <Unsent unsent={unsent} /> : outbound && <Trouble message={message} />}
    </div>
  )
}

function SenderLabel({ message }: { message: Message }) {
  const { t } = useTranslation()
  if (message.type === 'note') return <div className={classes.sender}>{t('message.note')}</div>
  const sender = senderOf(message.sender_type)
  if (!sender) return null
  return (
    <div className={classes.sender} data-sender={message.sender_type}>
      <sender.icon size={13} stroke={2} aria-hidden="true" />
      {t(sender.label)}
    </div>
  )
}

interface MetaProps {
  message: Message
  status: string
  time: string
}

function Meta({ message, status, time }: MetaProps) {
  const style = useTimeStyle()
  return (
    <span className={classes.meta}>
      <Edited message={message} />
      <time dateTime={message.created_at} title={fullTime(new Date(message.created_at), style)}>
        {time}
      </time>
      {message.direction === 'outbound' && <Ticks status={status} />}
    </span>
  )
}

function Trouble({ message }: { message: Message }) {
  const { t } = useTranslation()
  if (message.status === 'unknown')
    return <p className={classes.doubt}>{t('message.unknownText')}</p>
  const held = heldBack(message)
  if (held) return <p className={classes.doubt}>{t(`message.held.${held}`)}</p>
  if (message.status !== 'failed') return null
  const { why, next, detail } = failureOf(t, message)
  return (
    <p className={classes.failure}>
      <strong>{t('tick.failed')}.</strong> {[why, next, detail].filter(Boolean).join(' ')}
    </p>
  )
}
