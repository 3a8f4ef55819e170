import {
  IconClockHour4,
  IconEye,
  IconLock,
  IconPlugConnectedX,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { nearTime } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import { useTimeStyle } from '@/shared/format/use-time-style'
import type { Conversation } from '../types'
import { ClosingSoon } from './closing-soon'
import { Composer } from './composer'
import classes from './foot.module.css'
import { useDraft } from './drafts'
import type { Obstacle } from './use-obstacle'

interface FootProps {
  conversation: Conversation
  name: string
  obstacle: Obstacle | undefined
}

/** Below a thread: where one answers, or why nobody can and what can be done. */
export function Foot({ conversation, name, obstacle }: FootProps) {
  if (obstacle) return <Reason conversation={conversation} name={name} obstacle={obstacle} />
  return (
    <>
      <ClosingSoon conversation={conversation} />
      <Composer conversationId={conversation.id} name={name} />
    </>
  )
}

const SIGNS: Record<Obstacle, Icon> = {
  group: IconUsersGroup,
  viewer: IconEye,
  over: IconLock,
  number: IconPlugConnectedX,
  never: IconClockHour4,
  window: IconClockHour4,
}

function Reason({ conversation, name, obstacle }: FootProps & { obstacle: Obstacle }) {
  const { t } = useTranslation()
  const style = useTimeStyle()
  const now = useNow()
  const { text } = useDraft(conversation.id)
  const Sign = SIGNS[obstacle]
  const expired = new Date(conversation.window_expires_at ?? 0)
  const told = { name, time: nearTime(expired, now, style) }

  return (
    <div className={classes.reason} role="status">
      <Sign size={20} stroke={1.6} aria-hidden="true" />
      <p>
        <strong>{t(`composer.obstacle.${obstacle}.title`, told)}</strong>{' '}
        {t(`composer.obstacle.${obstacle}.text`, told)}
        {text && obstacle !== 'viewer' && obstacle !== 'group' && ` ${t('composer.kept')}`}
      </p>
    </div>
  )
}
