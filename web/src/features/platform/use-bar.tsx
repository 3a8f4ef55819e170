import { useTranslation } from 'react-i18next'
import classes from './platform.module.css'
import type { Limit, Organization } from './types'

const NEAR = 0.8

interface UseBarProps {
  label: string
  use: Organization['uses'][Limit]
  /** None is no limit. */
  allowed: number | null
}

/** `3 de 10`, or `100.000+` of what is not counted to its end, and how much of it that is. */
export function UseBar({ label, use: { used, is_more }, allowed }: UseBarProps) {
  const { t, i18n } = useTranslation()
  const number = (value: number) => value.toLocaleString(i18n.language)
  const shown = `${number(used)}${is_more ? '+' : ''}`
  if (allowed === null) return <span className={classes.told}>{shown}</span>

  const share = allowed === 0 ? 1 : Math.min(1, used / allowed)
  const told = t('platform.usedOf', { used: shown, allowed: number(allowed) })
  return (
    <span
      className={classes.use}
      data-level={share >= 1 ? 'full' : share >= NEAR ? 'near' : undefined}
    >
      <span className={classes.told}>{told}</span>
      <span
        className={classes.track}
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(allowed, used, 1)}
        aria-valuenow={used}
        aria-valuetext={told}
      >
        <span className={classes.fill} style={{ width: `${share * 100}%` }} />
      </span>
    </span>
  )
}
