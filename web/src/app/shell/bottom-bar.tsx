import { UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDots } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { User } from '@/shared/api/current-user'
import { MoreSheet } from './more-sheet'
import classes from './shell.module.css'
import { inBar, useSections } from './use-sections'

/** The navigation of a phone: the main places, and everything else behind "more". */
export function BottomBar({ user }: { user: User | undefined }) {
  const { t } = useTranslation()
  const [opened, { open, close }] = useDisclosure(false)
  const shown = useSections() ?? []
  const main = inBar(shown)

  return (
    <footer className={classes.bottomBar}>
      <nav className={classes.bottomSections} aria-label={t('app.navigation')}>
        {main.map(({ to, label, icon: SectionIcon }) => (
          <Link key={to} to={to} className={classes.bottomItem}>
            <SectionIcon size={22} stroke={1.7} aria-hidden="true" />
            <span>{t(label)}</span>
          </Link>
        ))}
      </nav>
      <UnstyledButton className={classes.bottomItem} aria-expanded={opened} onClick={open}>
        <IconDots size={22} stroke={1.7} aria-hidden="true" />
        <span>{t('shell.more')}</span>
      </UnstyledButton>
      <MoreSheet
        user={user}
        places={shown.filter((section) => !main.includes(section))}
        opened={opened}
        onClose={close}
      />
    </footer>
  )
}
