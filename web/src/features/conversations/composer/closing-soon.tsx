import { IconClockHour4 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { countdown } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import type { Conversation } from '../types'
import { windowState } from '../window-state'
import classes from './foot.module.css'

const SOON = 15 * 60_000

/** That there is little time left for a free answer. */
export function ClosingSoon({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation()
  const { left } = windowState(conversation, useNow())
  if (left === 0 || left > SOON) return null
  return (
    <p className={classes.soon}>
      <IconClockHour4 size={15} stroke={1.8} aria-hidden="true" />
      {t('composer.closing', { time: countdown(left) })}
    </p>
  )
}
