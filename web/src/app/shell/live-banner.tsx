import { useTranslation } from 'react-i18next'
import { useLiveStatus, useServerAway } from '@/shared/api/live'
import classes from './shell.module.css'

/** Floats over the page, so nothing moves; a blip of under two seconds never shows it. */
export function LiveBanner() {
  const { t } = useTranslation()
  const status = useLiveStatus()
  const serverAway = useServerAway()
  const shown = status === 'reconnecting' || status === 'offline'

  return (
    <div role="status" className={classes.bannerPlace}>
      {shown && (
        <span className={classes.banner}>
          <span className={classes.liveDot} />
          {t(
            status === 'reconnecting'
              ? 'live.reconnecting'
              : serverAway
                ? 'live.away'
                : 'live.polling',
          )}
        </span>
      )}
    </div>
  )
}
