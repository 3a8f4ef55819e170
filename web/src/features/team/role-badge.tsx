import { useTranslation } from 'react-i18next'
import classes from './role-badge.module.css'
import type { Person, Role } from './types'

/** What somebody is called by what they may do. */
export function RoleBadge({ role }: { role: Role }) {
  const { t } = useTranslation()
  return (
    <span className={classes.badge} data-role={role}>
      {t(`roles.${role}`)}
    </span>
  )
}

export function Access({ person }: { person: Person }) {
  const { t } = useTranslation()
  const extra = person.permissions.length

  return (
    <span className={classes.access}>
      <RoleBadge role={person.role} />
      {person.preset === 'supervisor' && (
        <span className={classes.badge}>{t('people.supervisor')}</span>
      )}
      {extra > 0 && <span className={classes.extra}>{t('people.extra', { count: extra })}</span>}
    </span>
  )
}
