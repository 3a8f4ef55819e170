import { Button } from '@mantine/core'
import { IconBuildingCommunity, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import { formatPhone } from '@/shared/format/phone'
import { DataList, type DataColumn } from '@/shared/ui/data-list'
import { Failure } from '@/shared/ui/failure'
import { Notice } from '@/shared/ui/notice'
import { useDepartments } from '../api/departments'
import { useNumbers } from '../api/rules'
import { TeamPage } from '../team-page'
import type { Department } from '../types'
import { CreateDepartment } from './create-department'
import classes from './departments.module.css'
import { HoursSummary } from './hours-summary'

interface DepartmentsPageProps {
  creating: boolean
  onCreating: (creating: boolean) => void
  onOpen: (id: string) => void
}

export function DepartmentsPage({ creating, onCreating, onOpen }: DepartmentsPageProps) {
  const { t } = useTranslation()
  const can = useCan()
  const { data: departments, error, refetch } = useDepartments()
  const columns = useColumns()
  const create = can('departments.write') && (
    <Button leftSection={<IconPlus size={18} stroke={1.8} />} onClick={() => onCreating(true)}>
      {t('departments.create')}
    </Button>
  )

  return (
    <TeamPage
      title={t('team.departments')}
      subtitle={t('departments.subtitle')}
      actions={departments?.length !== 0 && create}
    >
      {!departments && error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <DataList
          label={t('departments.list')}
          items={departments}
          keyOf={({ id }) => id}
          columns={columns}
          onOpen={({ id }) => onOpen(id)}
          empty={
            <Notice
              icon={<IconBuildingCommunity size={26} stroke={1.6} />}
              title={t('departments.emptyTitle')}
              action={create}
            >
              {t('departments.emptyText')}
            </Notice>
          }
        />
      )}
      <CreateDepartment
        opened={creating && can('departments.write')}
        onClose={() => onCreating(false)}
        onCreated={({ id }) => onOpen(id)}
      />
    </TeamPage>
  )
}

function useColumns(): DataColumn<Department>[] {
  const { t } = useTranslation()
  const { data: numbers = [] } = useNumbers()

  function numberOf(id: string | null): string {
    const number = numbers.find((one) => one.id === id)
    return number ? (number.display_name ?? formatPhone(number.phone_number)) : '—'
  }

  return [
    {
      key: 'name',
      label: t('departments.name'),
      render: ({ name, color, description, is_active }) => (
        <span className={classes.department} data-off={is_active ? undefined : true}>
          <span className={classes.dot} style={{ '--dot': color }} aria-hidden="true" />
          <span className={classes.names}>
            <span className={classes.name}>
              {name}
              {!is_active && <span className={classes.off}>{t('departments.inactive')}</span>}
            </span>
            {description && <span className={classes.description}>{description}</span>}
          </span>
        </span>
      ),
    },
    {
      key: 'members',
      label: t('departments.members'),
      render: ({ member_count }) => t('departments.memberCount', { count: member_count }),
    },
    {
      key: 'number',
      label: t('departments.number'),
      render: ({ whatsapp_number_id }) => (
        <span className={classes.soft}>{numberOf(whatsapp_number_id)}</span>
      ),
    },
    {
      key: 'hours',
      label: t('departments.hours'),
      render: ({ business_hours }) => (
        <span className={classes.soft}>
          <HoursSummary stored={business_hours} />
        </span>
      ),
    },
  ]
}
