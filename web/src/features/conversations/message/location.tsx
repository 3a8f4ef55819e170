import { IconMapPinFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { readNumber, readString, type Json } from '@/shared/json/read'
import classes from './content.module.css'

export function Location({ content }: { content: Json }) {
  const { t } = useTranslation()
  const latitude = readNumber(content, 'latitude')
  const longitude = readNumber(content, 'longitude')
  const name = readString(content, 'name')
  const address = readString(content, 'address')
  const place = latitude !== undefined && longitude !== undefined && `${latitude},${longitude}`

  return (
    <div className={classes.place}>
      <div className={classes.map} aria-hidden="true">
        <IconMapPinFilled size={30} />
      </div>
      <strong>{name ?? t('message.location')}</strong>
      {address && <span className={classes.faint}>{address}</span>}
      {place && (
        <a
          className={classes.link}
          href={`https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(place)}`}
          target="_blank"
          rel="noopener noreferrer"
        >
          {t('message.openMap')}
        </a>
      )}
    </div>
  )
}
