import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core'
import {
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconSearch,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { User } from '@/shared/api/current-user'
import { Logo } from '@/shared/ui/logo'
import { PersonAvatar } from '@/shared/ui/person-avatar'
import { AccountMenu } from './account-menu'
import { Keys } from './keys'
import { LiveIndicator } from './live-indicator'
import { Navigation } from './navigation'
import { openOverlay } from './overlays'
import { roleName } from './role-name'
import classes from './shell.module.css'

interface SidebarProps {
  user: User | undefined
  collapsed: boolean
  /** Absent where there is no room to expand. */
  onToggle: (() => void) | undefined
}

export function Sidebar({ user, collapsed, onToggle }: SidebarProps) {
  const { t } = useTranslation()
  const Toggle = collapsed ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse

  return (
    <header className={classes.sidebar} data-collapsed={collapsed || undefined}>
      <div className={classes.brand}>
        <Logo size={30} />
        <div className={classes.brandText}>
          <strong title={user?.organization.name}>{user?.organization.name ?? '\u00a0'}</strong>
          <span>{t('app.name')}</span>
        </div>
      </div>

      <Tooltip label={t('shell.search')} position="right" disabled={!collapsed}>
        <UnstyledButton
          className={classes.search}
          aria-label={collapsed ? t('shell.search') : undefined}
          aria-keyshortcuts="Control+K Meta+K"
          onClick={() => openOverlay('palette')}
        >
          <IconSearch size={17} stroke={1.8} aria-hidden="true" />
          <span className={classes.sectionLabel}>{t('shell.search')}</span>
          <span className={classes.sectionLabel}>
            <Keys keys={['mod', 'K']} />
          </span>
        </UnstyledButton>
      </Tooltip>

      <Navigation collapsed={collapsed} />

      <div className={classes.foot}>
        <LiveIndicator compact={collapsed} />
        {onToggle && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="md"
            aria-label={collapsed ? t('app.expand') : t('app.collapse')}
            aria-expanded={!collapsed}
            onClick={onToggle}
          >
            <Toggle size={18} stroke={1.6} />
          </ActionIcon>
        )}
      </div>

      <AccountMenu user={user} position="top-start">
        <UnstyledButton className={classes.account}>
          <PersonAvatar
            name={user?.full_name ?? null}
            seed={user?.id ?? ''}
            url={user?.avatar_url}
            size={34}
          />
          <span className={classes.accountText}>
            <strong>{user?.full_name ?? '\u00a0'}</strong>
            <span>{user ? roleName(t, user.role) : '\u00a0'}</span>
          </span>
        </UnstyledButton>
      </AccountMenu>
    </header>
  )
}
