import { Link, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useAlerts, useLiveNumbers } from './api'
import { numberName } from './number-name'
import classes from './numbers.module.css'

/** The gravest alert, under every page and over none; the page of the numbers shows all of them itself. */
export function AlertBanner() {
  const { t } = useTranslation()
  useLiveNumbers()
  const { data: alerts = [] } = useAlerts()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const [gravest] = alerts

  return (
    <div role="status" className={classes.bannerPlace}>
      {gravest?.severity === 'critical' && !path.startsWith('/numbers') && (
        <div className={classes.banner}>
          <span>
            {t('numbers.banner', {
              number: numberName(gravest),
              matter: t(`numbers.matters.${gravest.kind}`),
            })}
          </span>
          <Link to="/numbers/$id" params={{ id: gravest.whatsapp_number_id }}>
            {t('numbers.see')}
          </Link>
        </div>
      )}
    </div>
  )
}
