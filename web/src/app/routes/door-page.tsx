import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { WelcomeScene } from '@/features/auth/welcome-scene'
import { Logo } from '@/shared/ui/logo'
import { LanguageMenu } from '../shell/language-menu'
import { ThemeToggle } from '../shell/theme-toggle'
import classes from './door-page.module.css'

/** Around whatever a stranger may see: the name of the house, and a form. */
export function DoorPage({ children }: { children: ReactNode }) {
  const { t } = useTranslation()

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
          {children}
        </div>
      </main>
      <WelcomeScene />
    </div>
  )
}
