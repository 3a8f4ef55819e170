import { ActionIcon, Tooltip } from '@mantine/core'
import {
  IconArrowLeft,
  IconClockHour4,
  IconLayoutSidebarRight,
  IconRobot,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { formatPhone } from '@/shared/format/phone'
import { countdown, shortCountdown } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import { PersonAvatar } from '@/shared/ui/person-avatar'
import { nameOf, titleOf, unnamed } from '../person'
import { statusLabel } from '../status-label'
import type { Conversation } from '../types'
import { windowState, windowTone } from '../window-state'
import classes from './thread-header.module.css'

interface ThreadHeaderProps {
  conversation: Conversation
  detailsShown: boolean
  onToggleDetails: () => void
}

export function ThreadHeader({ conversation, detailsShown, onToggleDetails }: ThreadHeaderProps) {
  const { t } = useTranslation()
  const { contact, whatsapp_number: number } = conversation
  const toggleLabel = detailsShown ? t('thread.hideDetails') : t('thread.showDetails')
  const name = nameOf(contact)

  return (
    <div className={classes.header}>
      <ActionIcon
        component={Link}
        to="/conversations"
        search
        variant="subtle"
        color="gray"
        size="lg"
        className={classes.back}
        aria-label={t('thread.back')}
      >
        <IconArrowLeft size={21} stroke={1.7} />
      </ActionIcon>
      <PersonAvatar name={name} seed={contact.id} group={contact.is_group} size={38} />
      <div className={classes.who}>
        <h2>{titleOf(contact) ?? t(unnamed(contact))}</h2>
        <p>
          {name && contact.phone && <span>{formatPhone(contact.phone)}</span>}
          <span>{statusLabel(t, conversation.status)}</span>
          {number?.display_name && <span>{number.display_name}</span>}
        </p>
      </div>
      {conversation.is_bot_active && (
        <span className={classes.bot}>
          <IconRobot size={15} stroke={1.8} aria-hidden="true" />
          <span>{t('conversations.botActive')}</span>
        </span>
      )}
      {!contact.is_group && <WindowPill conversation={conversation} />}
      <Tooltip label={toggleLabel} openDelay={400}>
        <ActionIcon
          variant={detailsShown ? 'light' : 'subtle'}
          color={detailsShown ? 'honey' : 'gray'}
          size="lg"
          aria-label={toggleLabel}
          aria-pressed={detailsShown}
          onClick={onToggleDetails}
        >
          <IconLayoutSidebarRight size={20} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}

/** How long a free answer is still possible, always in sight of who answers. */
function WindowPill({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation()
  const state = windowState(conversation, useNow())
  const tone = windowTone(state)
  const time = countdown(state.left)

  return (
    <Tooltip
      multiline
      maw={240}
      label={tone === 'closed' ? t('details.windowClosedText') : t('details.windowLeft', { time })}
    >
      <span className={classes.window} data-tone={tone}>
        <IconClockHour4 size={14} stroke={1.8} aria-hidden="true" />
        <span>{tone === 'closed' ? t('details.windowClosed') : shortCountdown(state.left)}</span>
      </span>
    </Tooltip>
  )
}
