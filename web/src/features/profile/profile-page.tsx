import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '@/shared/ui/page'
import { TabStrip } from '@/shared/ui/tab-strip'

const tabs = [
  ['/profile', 'tabYou'],
  ['/profile/security', 'tabSecurity'],
  ['/profile/devices', 'tabDevices'],
  ['/profile/appearance', 'tabAppearance'],
] as const

/** Oneself, in sections that each have an address. */
export function ProfilePage({ children }: { children: ReactNode }) {
  const { t } = useTranslation()

  return (
    <Page title={t('profile.title')} subtitle={t('profile.subtitle')}>
      <TabStrip label={t('profile.sections')}>
        {tabs.map(([to, label]) => (
          <Link key={to} to={to} activeOptions={{ exact: true }}>
            {t(`profile.${label}`)}
          </Link>
        ))}
      </TabStrip>
      {children}
    </Page>
  )
}
