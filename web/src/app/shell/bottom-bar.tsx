import { UnstyledButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { User } from '@/shared/api/current-user'
import { PersonAvatar } from '@/shared/ui/person-avatar'
import { AccountMenu } from './account-menu'
import { sections } from './sections'
import classes from './shell.module.css'

export function BottomBar({ user }: { user: User | undefined }) {
  const { t } = useTranslation()

  return (
    <footer className={classes.bottomBar}>
      <nav className={classes.bottomSections} aria-label={t('app.navigation')}>
        {sections.map(({ to, label, icon: SectionIcon }) => (
          <Link key={to} to={to} className={classes.bottomItem}>
            <SectionIcon size={22} stroke={1.7} aria-hidden="true" />
            {t(label)}
          </Link>
        ))}
      </nav>
      <AccountMenu user={user} position="top-end">
        <UnstyledButton className={classes.bottomItem}>
          <PersonAvatar name={user?.full_name ?? null} seed={user?.id ?? ''} size={22} />
          {t('app.account')}
        </UnstyledButton>
      </AccountMenu>
    </footer>
  )
}
