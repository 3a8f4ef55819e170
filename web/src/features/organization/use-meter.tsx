import { useTranslation } from 'react-i18next'
import type { Limit, Use } from './api'
import { levelOf } from './use-level'
import classes from './use-meter.module.css'

interface UseMeterProps {
  limit: Limit
  use: Use
}

/** One limit of the plan, and how much of it is used. */
export function UseMeter({ limit, use }: UseMeterProps) {
  const { t } = useTranslation()
  const { level, share } = levelOf(use)
  const label = t(`organization.limits.${limit}`)
  const told = useTold(use)
  const hint = useHint(limit, use)

  return (
    <li className={classes.use} data-level={level}>
      <div className={classes.line}>
        <span className={classes.label}>{label}</span>
        <span className={classes.told}>{told}</span>
      </div>
      {use.allowed !== null && (
        <div
          className={classes.track}
          role="meter"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={Math.max(use.allowed, use.used, 1)}
          aria-valuenow={use.used}
          aria-valuetext={told}
        >
          <div className={classes.fill} style={{ width: `${share * 100}%` }} />
        </div>
      )}
      {hint && <p className={classes.hint}>{hint}</p>}
    </li>
  )
}

function useTold({ used, allowed, is_more }: Use): string {
  const { t, i18n } = useTranslation()
  const number = new Intl.NumberFormat(i18n.language)
  const shown = number.format(used)
  if (allowed !== null)
    return t('organization.usedOf', { used: shown, allowed: number.format(allowed) })
  const inUse = t(is_more ? 'organization.usedMore' : 'organization.used', { used: shown })
  return `${inUse} · ${t('organization.unlimited')}`
}

function useHint(limit: Limit, use: Use): string | undefined {
  const { t, i18n } = useTranslation()
  const number = new Intl.NumberFormat(i18n.language)
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' })
  const { level, share } = levelOf(use)
  const isMeter = limit === 'monthly_message_limit'

  switch (level) {
    case 'over':
      return isMeter ? t('organization.atMessageLimit') : t('organization.overLimit')
    case 'full':
      return isMeter ? t('organization.atMessageLimit') : t('organization.atLimit')
    case 'near': {
      const left = t('organization.left', { count: number.format((use.allowed ?? 0) - use.used) })
      // Rounded down: 99.6 % is not all of it.
      const told = t('organization.nearLimit', {
        percent: percent.format(Math.floor(share * 100) / 100),
      })
      return `${told} ${left}`
    }
    default:
      if (limit === 'max_contacts' && level === 'fine')
        return t('organization.limitHints.max_contacts')
      return limit === 'max_agents' ? t('organization.limitHints.max_agents') : undefined
  }
}
