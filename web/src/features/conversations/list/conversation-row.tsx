import { VisuallyHidden } from '@mantine/core'
import { IconRobot } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { fullTime, listTime } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { PersonAvatar } from '@/shared/ui/person-avatar'
import { OneLine } from '../one-line'
import { nameOf, titleOf, unnamed } from '../person'
import { Ticks } from '../thread/ticks'
import type { Conversation } from '../types'
import classes from './conversation-row.module.css'

interface ConversationRowProps {
  conversation: Conversation
  unread: boolean
}

export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { t } = useTranslation()
  const { conversation, unread } = props
  const { contact, last_message: last } = conversation

  return (
    <li className={classes.item}>
      <Link
        to="/conversations/$conversationId"
        params={{ conversationId: conversation.id }}
        search
        className={classes.row}
        data-row=""
        data-unread={unread || undefined}
      >
        <PersonAvatar name={nameOf(contact)} seed={contact.id} group={contact.is_group} size={42} />
        <span className={classes.body}>
          <span className={classes.top}>
            <span className={classes.name}>{titleOf(contact) ?? t(unnamed(contact))}</span>
            <When at={conversation.last_message_at} />
          </span>
          <span className={classes.bottom}>
            <span className={classes.preview}>
              {last?.direction === 'outbound' && <Ticks status={last.status} />}
              {last ? (
                <OneLine type={last.type} text={last.preview} />
              ) : (
                t('conversations.noMessages')
              )}
            </span>
            {conversation.is_bot_active && (
              <span className={classes.bot}>
                <IconRobot size={13} stroke={2} aria-hidden="true" />
                {t('conversations.bot')}
              </span>
            )}
            {unread && (
              <span className={classes.dot}>
                <VisuallyHidden>{t('conversations.unread')}</VisuallyHidden>
              </span>
            )}
          </span>
        </span>
      </Link>
    </li>
  )
})

function When({ at }: { at: string }) {
  const now = useNow()
  const style = useTimeStyle()
  const date = new Date(at)
  return (
    <time className={classes.time} dateTime={at} title={fullTime(date, style)}>
      {listTime(date, now, style)}
    </time>
  )
}
