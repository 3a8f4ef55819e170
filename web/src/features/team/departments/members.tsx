import { ActionIcon, Button, Skeleton } from '@mantine/core'
import { IconPencil, IconUserPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { Failure } from '@/shared/ui/failure'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone, toastFailed } from '@/shared/ui/toast'
import { useLeave, useMembers, usePlace } from '../api/departments'
import { PersonName } from '../person-name'
import type { Department, Member } from '../types'
import { MemberModal } from './member-modal'
import classes from './members.module.css'

interface MembersProps {
  department: Department
  readOnly: boolean
}

/** Whose place is being set: a member's, or that of somebody who is yet to be chosen. */
type Editing = Member | 'new' | undefined

export function Members({ department, readOnly }: MembersProps) {
  const { t } = useTranslation()
  const { data: members, error, refetch } = useMembers(department.id)
  const [editing, setEditing] = useState<Editing>()

  return (
    <SectionCard
      title={t('departments.membersTitle')}
      description={t('departments.membersText')}
      action={
        !readOnly && (
          <Button
            size="sm"
            variant="default"
            leftSection={<IconUserPlus size={16} stroke={1.8} />}
            onClick={() => setEditing('new')}
          >
            {t('members.add')}
          </Button>
        )
      }
    >
      {!members && error && <Failure error={error} onRetry={() => void refetch()} />}
      {!members && !error && <Skeleton height={120} radius="md" />}
      {members?.length === 0 && <p className={classes.empty}>{t('members.emptyText')}</p>}
      {members && members.length > 0 && (
        <ul className={classes.members} aria-label={t('members.list')}>
          {members.map((member) => (
            <MemberRow
              key={member.user_id}
              department={department}
              member={member}
              readOnly={readOnly}
              onEdit={() => setEditing(member)}
            />
          ))}
        </ul>
      )}
      <MemberModal
        department={department}
        editing={editing}
        members={members ?? []}
        onClose={() => setEditing(undefined)}
      />
    </SectionCard>
  )
}

interface MemberRowProps {
  department: Department
  member: Member
  readOnly: boolean
  onEdit: () => void
}

function MemberRow({ department, member, readOnly, onEdit }: MemberRowProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const leave = useLeave()
  const place = usePlace()
  const { user_id: userId, full_name: name } = member
  const here = { departmentId: department.id, userId }
  const onError = (error: unknown) => toastFailed(errorText(error))

  // Awaited, not called back: by the time it is done this row may be gone.
  async function takeOut(): Promise<void> {
    try {
      await leave.mutateAsync(here)
      toastDone(t('members.removed', { name, department: department.name }), {
        undo: () => void place.mutateAsync({ ...here, place: placeOf(member) }).catch(onError),
      })
    } catch (error) {
      onError(error)
    }
  }

  return (
    <li className={classes.member}>
      <PersonName
        id={userId}
        name={name}
        url={member.avatar_url}
        detail={useWay(member)}
        online={member.is_online}
        off={!member.is_active}
      />
      {!readOnly && (
        <span className={classes.deeds}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('members.edit', { name })}
            onClick={onEdit}
          >
            <IconPencil size={17} stroke={1.7} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('members.remove', { name })}
            loading={leave.isPending}
            onClick={() => void takeOut()}
          >
            <IconX size={17} stroke={1.7} />
          </ActionIcon>
        </span>
      )}
    </li>
  )
}

/** How somebody works here, in a line. */
function useWay(member: Member): string {
  const { t } = useTranslation()
  return [
    member.is_primary && t('members.primary'),
    t('members.upTo', { count: member.max_concurrent_conversations }),
    member.can_pull_from_queue ? t('members.pull') : t('members.noPull'),
    member.priority_level > 0 && t('members.priorityOf', { level: member.priority_level }),
  ]
    .filter((part) => part !== false)
    .join(' · ')
}

export function placeOf(member: Member) {
  const { is_primary, can_pull_from_queue, max_concurrent_conversations, priority_level } = member
  return { is_primary, can_pull_from_queue, max_concurrent_conversations, priority_level }
}
