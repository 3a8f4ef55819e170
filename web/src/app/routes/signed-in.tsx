import { useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { Outlet, useNavigate, useParams, useRouterState } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { AlertBanner } from '@/features/numbers/alert-banner'
import { useCan } from '@/shared/api/can'
import { useCurrentUser, type User } from '@/shared/api/current-user'
import { startLive } from '@/shared/api/live'
import { useFollowPreferences } from '@/shared/api/preferences'
import { session, useSessionToken } from '@/shared/api/session'
import { NoAccess } from '../no-access'
import { BottomBar } from '../shell/bottom-bar'
import { LiveBanner } from '../shell/live-banner'
import { Palette } from '../shell/palette/palette'
import classes from '../shell/shell.module.css'
import { Shortcuts } from '../shell/shortcuts'
import { Sidebar } from '../shell/sidebar'
import { useCurrentSection } from '../shell/use-sections'
import { useShortcuts } from '../shell/use-shortcuts'

export function SignedIn() {
  const { t } = useTranslation()
  const user = useCurrentUser()
  const [collapsed, setCollapsed] = useLocalStorage({
    key: 'pytake.menu-collapsed',
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  const wide = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false })
  const { conversationId } = useParams({ strict: false })
  useLeaveWhenSessionEnds()
  useEffect(startLive, [])
  useShortcuts()
  useFollowPreferences()

  return (
    <div className={classes.shell} data-reading={conversationId ? true : undefined}>
      <a href="#content" className={classes.skip}>
        {t('app.skipToContent')}
      </a>
      <Sidebar
        user={user}
        collapsed={collapsed || !wide}
        onToggle={wide ? () => setCollapsed(!collapsed) : undefined}
      />
      <main id="content" className={classes.content} tabIndex={-1}>
        <Place user={user} />
      </main>
      <AlertBanner />
      <BottomBar user={user} />
      <LiveBanner />
      <Palette />
      <Shortcuts />
    </div>
  )
}

/** What somebody may not see is not asked for: the server would refuse it. */
function Place({ user }: { user: User | undefined }) {
  const can = useCan()
  const permission = useCurrentSection()?.permission
  return user && permission && !can(permission) ? <NoAccess /> : <Outlet />
}

/** Signing out and a refusal by the server end in the same place; only the refusal remembers where we were. */
function useLeaveWhenSessionEnds(): void {
  const token = useSessionToken()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const href = useRouterState({ select: (state) => state.location.href })

  const leave = useEffectEvent(() => {
    queries.clear()
    const search = session.getState().expired ? { next: href, expired: true as const } : {}
    void navigate({ to: '/sign-in', search, replace: true })
  })
  useEffect(() => {
    if (token === null) leave()
  }, [token])
}
