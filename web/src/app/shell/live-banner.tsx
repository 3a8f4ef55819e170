import { useTranslation } from 'react-i18next'
import { useLiveStatus } from '@/shared/api/live'
import classes from './shell.module.css'

/** Floats over the page, so nothing moves; a blip of under two seconds never shows it. */
export function LiveBanner() {
  const { t } = useTranslation()
  const status = useLiveStatus()
  const away = status === 'reconnecting' || status === 'offline'

  return (
    <div role="status" className={classes.bannerPlace}>
      {away && (
        <span className={classes.banner}>
          <span className={classes.liveDot} />
          {status === 'offline' ? t('live.polling') : t('live.reconnecting')}
        </span>
      )}
    </div>
  )
}
