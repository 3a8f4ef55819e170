import { VisuallyHidden } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmEmail } from '@/features/profile/confirm-email/confirm-email'
import { usePageTitle } from '@/shared/ui/use-page-title'
import { DoorPage } from './door-page'

export function ChangeEmailRoute() {
  const { t } = useTranslation()
  const [token] = useState(() => window.location.hash.slice(1) || undefined)
  usePageTitle(t('profile.changeEmail.title'))

  useEffect(() => {
    // Whoever looks at the address, or at the history, has no use for it.
    window.history.replaceState(window.history.state, '', window.location.pathname)
  }, [])

  return (
    <DoorPage>
      <VisuallyHidden component="h1">{t('profile.changeEmail.title')}</VisuallyHidden>
      <ConfirmEmail token={token} />
    </DoorPage>
  )
}
