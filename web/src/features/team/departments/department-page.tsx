import { Anchor, Button, Skeleton, VisuallyHidden } from '@mantine/core'
import { IconArrowLeft, IconBuildingCommunity } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/shared/api/errors'
import { useCan } from '@/shared/api/can'
import { useErrorText } from '@/shared/api/use-error-text'
import { useConfirm } from '@/shared/ui/confirm'
import { Failure } from '@/shared/ui/failure'
import { Notice } from '@/shared/ui/notice'
import { Page } from '@/shared/ui/page'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone, toastFailed } from '@/shared/ui/toast'
import { useDeleteDepartment, useDepartment } from '../api/departments'
import { useLiveTeam } from '../api/use-live-team'
import type { Department } from '../types'
import { DepartmentForm } from './department-form'
import classes from './departments.module.css'
import { Members } from './members'

interface DepartmentPageProps {
  departmentId: string
  onDeleted: () => void
}

export function DepartmentPage({ departmentId, onDeleted }: DepartmentPageProps) {
  const { t } = useTranslation()
  const { data: department, error, refetch } = useDepartment(departmentId)
  useLiveTeam()

  if (department) return <Loaded department={department} onDeleted={onDeleted} />
  return (
    <Page title={t('team.departments')} back={<Back />} width="wide">
      {error instanceof ApiError && error.status === 404 ? (
        <Notice
          icon={<IconBuildingCommunity size={26} stroke={1.6} />}
          title={t('departments.gone')}
        />
      ) : error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <div className={classes.columns}>
          <VisuallyHidden role="status">{t('app.loading')}</VisuallyHidden>
          <Skeleton height={420} radius="lg" />
          <Skeleton height={260} radius="lg" />
        </div>
      )}
    </Page>
  )
}

interface LoadedProps {
  department: Department
  onDeleted: () => void
}

function Loaded({ department, onDeleted }: LoadedProps) {
  const { t } = useTranslation()
  const can = useCan()
  const mayChange = can('departments.write')

  return (
    <Page
      title={department.name}
      subtitle={department.is_active ? undefined : t('departments.inactive')}
      back={<Back />}
      width="wide"
    >
      <div className={classes.columns}>
        <DepartmentForm department={department} readOnly={!mayChange} />
        <div className={classes.column}>
          <Members department={department} readOnly={!mayChange} />
          {mayChange && <Delete department={department} onDeleted={onDeleted} />}
        </div>
      </div>
    </Page>
  )
}

function Delete({ department, onDeleted }: LoadedProps) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const errorText = useErrorText()
  const remove = useDeleteDepartment(department.id)
  const { name, member_count: count } = department

  async function ask(): Promise<void> {
    const sure = await confirm({
      title: t('departments.deleteQuestion', { name }),
      text: t('departments.deleteConsequence', { count }),
      confirm: t('departments.delete'),
      danger: true,
      typed: name,
    })
    if (!sure) return
    try {
      await remove.mutateAsync()
      toastDone(t('departments.deleted', { name }))
      onDeleted()
    } catch (error) {
      toastFailed(errorText(error))
    }
  }

  return (
    <SectionCard
      danger
      title={t('departments.deleteTitle')}
      description={t('departments.deleteText')}
      action={
        <Button variant="light" color="red" loading={remove.isPending} onClick={() => void ask()}>
          {t('departments.delete')}
        </Button>
      }
    />
  )
}

function Back() {
  const { t } = useTranslation()
  return (
    <Anchor inherit c="dimmed" renderRoot={(props) => <Link {...props} to="/team/departments" />}>
      <IconArrowLeft size={15} stroke={1.8} className={classes.arrow} aria-hidden="true" />{' '}
      {t('team.departments')}
    </Anchor>
  )
}
