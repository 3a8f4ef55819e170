import { useTranslation } from 'react-i18next'
import type { Shown } from '../types'
import { Bubble } from './bubble'
import classes from './preview.module.css'

/** A phone with the message in it, which follows what is typed. */
export function Phone({ shown, business }: { shown: Shown; business: string }) {
  const { t } = useTranslation()

  return (
    <figure className={classes.phone} aria-label={t('templates.preview')}>
      <div className={classes.bar} aria-hidden="true">
        <span className={classes.face}>{business.slice(0, 1).toUpperCase()}</span>
        <span>{business}</span>
      </div>
      <div className={classes.wall}>
        <Bubble shown={shown} />
      </div>
    </figure>
  )
}
