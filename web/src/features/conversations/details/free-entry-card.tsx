import { IconSpeakerphone } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { countdown, nearTime } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import { useTimeStyle } from '@/shared/format/use-time-style'
import type { Conversation } from '../types'
import { freeEntry, windowState } from '../window-state'
import classes from './window-card.module.css'

/** What an advertisement that brought the customer is worth now. It is about the price alone. */
export function FreeEntryCard({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation()
  const style = useTimeStyle()
  const now = useNow()
  const entry = freeEntry(conversation, now)
  if (!entry) return null

  const time = nearTime(entry.until, now, style)
  const left = countdown(entry.until.getTime() - now.getTime())
  const templatesOnly = entry.kind === 'open' && windowState(conversation, now).left === 0
  return (
    <section className={classes.card}>
      <IconSpeakerphone size={24} stroke={1.6} className={classes.sign} aria-hidden="true" />
      <div>
        <h4>{t('details.freeEntry')}</h4>
        <strong>
          {entry.kind === 'open'
            ? t('details.windowLeft', { time: left })
            : t('details.freeEntryAnswer', { time })}
        </strong>
        <p>
          {entry.kind === 'open'
            ? t('details.freeEntryOpenText', { time })
            : t('details.freeEntryAnswerText')}
          {templatesOnly && ` ${t('details.freeEntryTemplates')}`}
        </p>
      </div>
    </section>
  )
}
