import { useTranslation } from 'react-i18next'
import { dayOf } from '@/shared/format/day'
import { fullTime, listTime } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import { useTimeStyle } from '@/shared/format/use-time-style'
import type { ApiKey } from './api'
import { stateOf } from './key-state'
import classes from './api-keys.module.css'

const WORDS = {
  revoked: 'apiKeys.revoked',
  expired: 'apiKeys.expired',
  soon: 'apiKeys.expiresSoon',
  until: 'apiKeys.expiresAt',
} as const

export function KeyStateLabel({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation()
  const style = useTimeStyle()
  const state = stateOf(apiKey, useNow())

  return (
    <span className={classes.state} data-kind={state.kind}>
      {state.kind === 'endless'
        ? t('apiKeys.noExpiry')
        : t(WORDS[state.kind], { date: dayOf(state.at, style) })}
    </span>
  )
}

export function LastUse({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation()
  const style = useTimeStyle()
  const now = useNow()
  if (apiKey.last_used_at === null) return <>{t('apiKeys.never')}</>
  const at = new Date(apiKey.last_used_at)
  return (
    <time dateTime={apiKey.last_used_at} title={fullTime(at, style)}>
      {listTime(at, now, style)}
    </time>
  )
}
