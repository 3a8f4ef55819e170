import { useTranslation } from 'react-i18next'
import classes from './setup.module.css'

/** How far one is. */
export function Steps({ at, of }: { at: number; of: number }) {
  const { t } = useTranslation()
  const steps = Array.from({ length: of }, (_, index) => index + 1)
  return (
    <div className={classes.steps}>
      <span className={classes.dots} aria-hidden="true">
        {steps.map((step) => (
          <span key={step} className={classes.dot} data-on={step <= at ? true : undefined} />
        ))}
      </span>
      {t('setup.step', { at, of })}
    </div>
  )
}
