import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import { useAlerts, useDismiss } from './api'
import { numberName } from './number-name'
import classes from './numbers.module.css'

/** What somebody has to look after; of one number when it is named. */
export function AlertList({ numberId }: { numberId?: string }) {
  const { t } = useTranslation()
  const can = useCan()
  const { data: alerts = [] } = useAlerts()
  const dismiss = useDismiss()
  const shown = alerts.filter((alert) => !numberId || alert.whatsapp_number_id === numberId)

  if (shown.length === 0) return null
  return (
    <ul className={classes.alerts} aria-label={t('numbers.alerts')}>
      {shown.map((alert) => (
        <li key={alert.id} className={classes.alert} data-severity={alert.severity}>
          <span>
            <strong>{numberName(alert)}</strong>: {t(`numbers.matters.${alert.kind}`)}
          </span>
          {can('numbers.write') && (
            <Button
              size="compact-sm"
              variant="default"
              loading={dismiss.isPending && dismiss.variables === alert.id}
              onClick={() => dismiss.mutate(alert.id)}
            >
              {t('numbers.dismiss')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
