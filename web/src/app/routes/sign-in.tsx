import { Alert } from '@mantine/core'
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { SignInForm } from '@/features/auth/sign-in-form'
import { WelcomeScene } from '@/features/auth/welcome-scene'
import { Logo } from '@/shared/ui/logo'
import { usePageTitle } from '@/shared/ui/use-page-title'
import { LanguageMenu } from '../shell/language-menu'
import { ThemeToggle } from '../shell/theme-toggle'
import classes from './sign-in.module.css'

export function SignInPage() {
  const { t } = useTranslation()
  const { next, expired } = useSearch({ from: '/sign-in' })
  const navigate = useNavigate()
  const router = useRouter()
  usePageTitle(t('signIn.submit'))

  function enter() {
    if (next) router.history.push(next)
    else void navigate({ to: '/conversations' })
  }

  return (
    <div className={classes.page}>
      <div className={classes.corner}>
        <LanguageMenu />
        <ThemeToggle />
      </div>
      <main className={classes.side}>
        <div className={classes.form}>
          <div className={classes.brand}>
            <Logo size={40} />
            <span>{t('app.name')}</span>
          </div>
          <h1 className={classes.title}>{t('signIn.title')}</h1>
          <p className={classes.subtitle}>{t('signIn.subtitle')}</p>
          {expired && (
            <Alert role="status" color="honey" variant="light" mb="md" py="xs">
              {t('signIn.expired')}
            </Alert>
          )}
          <SignInForm onSignedIn={enter} />
        </div>
      </main>
      <WelcomeScene />
    </div>
  )
}
