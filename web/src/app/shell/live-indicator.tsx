import { Tooltip, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLiveStatus } from '@/shared/api/live'
import classes from './shell.module.css'

const labels = {
  connecting: 'live.connecting',
  online: 'live.online',
  reconnecting: 'live.reconnecting',
  offline: 'live.offline',
} as const

/** Whether what is on the page is what is on the server. */
export function LiveIndicator({ compact }: { compact: boolean }) {
  const { t } = useTranslation()
  const status = useLiveStatus()
  const label = t(labels[status])

  return (
    <Tooltip label={label} position="right" multiline maw={240}>
      <span className={classes.live} data-status={status}>
        <span className={classes.liveDot} />
        {compact ? (
          <VisuallyHidden>{label}</VisuallyHidden>
        ) : (
          <span className={classes.liveLabel}>{label}</span>
        )}
      </span>
    </Tooltip>
  )
}
