import { useTranslation } from 'react-i18next'
import type { Organization } from './types'
import { stateOf } from './state'
import classes from './platform.module.css'

export function StateBadge({ organization }: { organization: Organization }) {
  const { t } = useTranslation()
  const state = stateOf(organization)

  return (
    <span className={classes.state} data-state={state}>
      {t(`platform.states.${state}`)}
    </span>
  )
}
