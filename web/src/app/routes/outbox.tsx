import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Heading } from '@/features/auth/heading'
import { OutboxList } from '@/features/auth/outbox/outbox-list'
import { Logo } from '@/shared/ui/logo'
import { LanguageMenu } from '../shell/language-menu'
import { ThemeToggle } from '../shell/theme-toggle'
import classes from './outbox.module.css'

export function OutboxPage() {
  const { t } = useTranslation()

  return (
    <div className={classes.page}>
      <main className={classes.column}>
        <div className={classes.top}>
          <Anchor component={Link} to="/sign-in" className={classes.brand} underline="never">
            <Logo size={28} />
            {t('app.name')}
          </Anchor>
          <div className={classes.corner}>
            <LanguageMenu />
            <ThemeToggle />
          </div>
        </div>
        <Heading title={t('outbox.title')}>{t('outbox.text')}</Heading>
        <OutboxList />
      </main>
    </div>
  )
}
