import { IconBuildings, IconSearch } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { dayOf } from '@/shared/format/day'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { DataList, type DataColumn } from '@/shared/ui/data-list'
import { Notice } from '@/shared/ui/notice'
import type { Limit, Organization } from '../types'
import classes from '../platform.module.css'
import { StateBadge } from '../state-badge'
import { UseBar } from '../use-bar'

interface OrganizationListProps {
  items: readonly Organization[] | undefined
  isFiltered: boolean
  onOpen: (id: string) => void
}

export function OrganizationList({ items, isFiltered, onOpen }: OrganizationListProps) {
  const { t } = useTranslation()
  const columns = useColumns()

  return (
    <DataList
      label={t('platform.title')}
      items={items}
      keyOf={({ id }) => id}
      columns={columns}
      onOpen={({ id }) => onOpen(id)}
      skeletonRows={8}
      empty={isFiltered ? <NoMatch /> : <Nobody />}
    />
  )
}

function useColumns(): readonly DataColumn<Organization>[] {
  const { t } = useTranslation()
  const style = useTimeStyle()

  return useMemo(() => {
    const use = (limit: Limit): DataColumn<Organization> => ({
      key: limit,
      label: t(`platform.limits.${limit}`),
      render: ({ uses, limits }) => (
        <UseBar label={t(`platform.limits.${limit}`)} use={uses[limit]} allowed={limits[limit]} />
      ),
    })
    return [
      {
        key: 'name',
        label: t('platform.name'),
        render: ({ name, slug }) => (
          <span className={classes.name}>
            <strong>{name}</strong>
            <span>{slug}</span>
          </span>
        ),
      },
      {
        key: 'state',
        label: t('platform.state'),
        render: (organization) => <StateBadge organization={organization} />,
      },
      {
        key: 'plan',
        label: t('platform.plan'),
        render: ({ plan_type, plan_expires_at }) => (
          <span className={classes.name}>
            {t(`platform.plans.${plan_type}`)}
            {plan_expires_at && (
              <span>{t('platform.until', { day: dayOf(plan_expires_at, style) })}</span>
            )}
          </span>
        ),
      },
      use('monthly_message_limit'),
      use('max_agents'),
      { ...use('max_contacts'), hideOnPhone: true },
    ]
  }, [t, style])
}

function NoMatch() {
  const { t } = useTranslation()
  return (
    <Notice icon={<IconSearch size={26} stroke={1.6} />} title={t('platform.noMatchTitle')}>
      {t('platform.noMatchText')}
    </Notice>
  )
}

function Nobody() {
  const { t } = useTranslation()
  return (
    <Notice icon={<IconBuildings size={26} stroke={1.6} />} title={t('platform.emptyTitle')}>
      {t('platform.emptyText')}
    </Notice>
  )
}
