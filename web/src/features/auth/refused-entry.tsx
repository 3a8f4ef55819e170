import { Alert, Anchor } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { asClock } from './use-seconds-left'

interface RefusedEntryProps {
  error: unknown
  /** Seconds until one may try again; 0 when one may. */
  wait: number
}

/** Why one does not get in, and what to do instead of waiting. */
export function RefusedEntry({ error, wait }: RefusedEntryProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()

  if (wait === 0) {
    return (
      <Alert role="alert" color="red" variant="light" py="xs">
        {errorText(error)}
      </Alert>
    )
  }
  return (
    <Alert
      role="group"
      color="red"
      variant="light"
      py="sm"
      icon={<IconLock size={18} stroke={1.8} />}
    >
      <span role="alert">{t('signIn.locked')}</span>{' '}
      <span role="timer">{t('signIn.lockedFor', { time: asClock(wait) })}</span>{' '}
      <Anchor component={Link} to="/forgot-password" inherit underline="always">
        {t('signIn.newPasswordInstead')}
      </Anchor>
    </Alert>
  )
}
