import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import { TabStrip } from '@/shared/ui/tab-strip'

const tabs = [
  { to: '/team', label: 'team.people', permission: 'people.read' },
  { to: '/team/invitations', label: 'team.invitations', permission: 'users.invite' },
  { to: '/team/departments', label: 'team.departments', permission: 'departments.read' },
] as const

export function TeamTabs() {
  const { t } = useTranslation()
  const can = useCan()

  return (
    <TabStrip label={t('team.tabs')}>
      {tabs
        .filter(({ permission }) => can(permission))
        .map(({ to, label }) => (
          <Link key={to} to={to} activeOptions={{ exact: true, includeSearch: false }}>
            {t(label)}
          </Link>
        ))}
    </TabStrip>
  )
}
