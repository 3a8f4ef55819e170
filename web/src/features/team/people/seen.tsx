import { useTranslation } from 'react-i18next'
import { listTime } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import { useTimeStyle } from '@/shared/format/use-time-style'
import type { Person } from '../types'
import classes from './seen.module.css'

/** Whether somebody is here, else when they were. */
export function Seen({ person }: { person: Person }) {
  const { t } = useTranslation()
  const now = useNow()
  const style = useTimeStyle()

  if (person.is_online) return <span className={classes.online}>{t('people.online')}</span>
  if (person.last_seen_at === null) return <span className={classes.seen}>{t('people.never')}</span>
  return (
    <time className={classes.seen} dateTime={person.last_seen_at}>
      {listTime(new Date(person.last_seen_at), now, style)}
    </time>
  )
}
