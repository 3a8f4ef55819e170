import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmEmail } from '@/features/profile/confirm-email/confirm-email'
import { Logo } from '@/shared/ui/logo'
import { usePageTitle } from '@/shared/ui/use-page-title'
import classes from './change-email.module.css'

export function ChangeEmailRoute() {
  const { t } = useTranslation()
  const [token] = useState(() => decodeURIComponent(window.location.hash.slice(1)))
  usePageTitle(t('profile.changeEmail.title'))

  useEffect(() => {
    // Whoever looks at the address, or at the history, has no use for it.
    window.history.replaceState(window.history.state, '', window.location.pathname)
  }, [])

  return (
    <div className={classes.page}>
      <h1 className={classes.brand}>
        <Logo size={32} />
        {t('app.name')}
      </h1>
      <main className={classes.content}>
        <ConfirmEmail token={token} />
      </main>
    </div>
  )
}
