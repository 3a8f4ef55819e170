import { useTranslation } from 'react-i18next'
import { formatPhone } from '@/shared/format/phone'
import type { WhatsAppNumber } from '../api'
import { numberName } from '../number-name'
import classes from '../numbers.module.css'
import { Picture } from './profile-picture'
import type { ProfileValues } from './profile-values'

interface ProfilePreviewProps {
  number: WhatsAppNumber
  picture: string | undefined
  values: ProfileValues
}

/** As a customer's phone shows it, while it is being written. */
export function ProfilePreview({ number, picture, values }: ProfilePreviewProps) {
  const { t } = useTranslation()
  const lines = ['description', 'address', 'email', 'first', 'second', 'about'] as const

  return (
    <section className={classes.phoneFrame} aria-label={t('numbers.preview')}>
      <div className={classes.phonePicture}>
        <Picture address={picture} />
      </div>
      <p className={classes.phoneName}>{number.verified_name ?? numberName(number)}</p>
      <p className={classes.phoneSoft}>{formatPhone(number.phone_number)}</p>
      <p className={classes.phoneSoft}>{t('numbers.business')}</p>
      {lines
        .filter((name) => values[name].trim() !== '')
        .map((name) => (
          <p key={name}>{values[name]}</p>
        ))}
    </section>
  )
}
