import { useTranslation } from 'react-i18next'
import { useUsage } from '../api/rules'
import classes from './people-page.module.css'

/** How many may answer customers, and do. */
export function Seats() {
  const { t } = useTranslation()
  const { data: usage } = useUsage()
  if (!usage) return null

  const { allowed, used } = usage.max_agents
  if (allowed === null)
    return <span className={classes.seats}>{t('team.seatsOpen', { count: used })}</span>
  return (
    <span className={classes.seats} data-full={used >= allowed || undefined}>
      {t('team.seats', { used, allowed })}
    </span>
  )
}
