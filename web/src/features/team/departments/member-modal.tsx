import { Button, Group, Modal, NumberInput, Select, Switch } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDebouncedValue } from '@mantine/hooks'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import { fieldErrors } from '@/shared/forms/field-errors'
import { toastDone } from '@/shared/ui/toast'
import { usePlace } from '../api/departments'
import { usePeople } from '../api/people'
import { Refusal } from '../refusal'
import type { Department, Member } from '../types'
import classes from './members.module.css'

interface MemberModalProps {
  department: Department
  editing: Member | 'new' | undefined
  members: Member[]
  onClose: () => void
}

export function MemberModal({ department, editing, members, onClose }: MemberModalProps) {
  const { t } = useTranslation()
  // While it closes it still says what it said.
  const [shown, setShown] = useState(editing)
  if (editing !== undefined && editing !== shown) setShown(editing)

  return (
    <Modal
      opened={editing !== undefined}
      onClose={onClose}
      title={
        shown === 'new' || shown === undefined
          ? t('members.addTitle', { department: department.name })
          : t('members.editTitle', { name: shown.full_name, department: department.name })
      }
      closeButtonProps={{ 'aria-label': t('app.close') }}
      centered
    >
      <MemberForm
        department={department}
        member={shown === 'new' ? undefined : shown}
        members={members}
        onClose={onClose}
      />
    </Modal>
  )
}

interface MemberFormProps {
  department: Department
  /** Nobody yet: they are to be chosen. */
  member: Member | undefined
  members: Member[]
  onClose: () => void
}

function MemberForm({ department, member, members, onClose }: MemberFormProps) {
  const { t } = useTranslation()
  const place = usePlace()
  const form = useForm({
    initialValues: {
      person: member?.user_id ?? '',
      is_primary: member?.is_primary ?? false,
      can_pull_from_queue: member?.can_pull_from_queue ?? true,
      max_concurrent_conversations: member?.max_concurrent_conversations ?? 5,
      priority_level: member?.priority_level ?? 0,
    },
    validate: {
      person: (person) => (person === '' ? t('members.chooseMissing') : null),
      max_concurrent_conversations: (most) => (Number.isInteger(most) ? null : t('flaws.missing')),
      priority_level: (level) => (Number.isInteger(level) ? null : t('flaws.missing')),
    },
  })

  function save({ person, ...values }: typeof form.values): void {
    place.mutate(
      { departmentId: department.id, userId: person, place: values },
      {
        onSuccess: ({ items }) => {
          const name = items.find(({ user_id }) => user_id === person)?.full_name ?? ''
          toastDone(t('members.saved', { name, department: department.name }))
          onClose()
        },
        onError: (error) => form.setErrors(fieldErrors(error)),
      },
    )
  }

  return (
    <form className={classes.form} noValidate onSubmit={form.onSubmit(save)}>
      {!member && <Choose members={members} {...form.getInputProps('person')} />}
      <Switch
        label={t('members.isPrimary')}
        description={t('members.isPrimaryText')}
        {...form.getInputProps('is_primary', { type: 'checkbox' })}
      />
      <Switch
        label={t('members.pullLabel')}
        description={t('members.pullText')}
        {...form.getInputProps('can_pull_from_queue', { type: 'checkbox' })}
      />
      <NumberInput
        label={t('members.atOnceLabel')}
        description={t('members.atOnceHint')}
        min={1}
        max={1000}
        allowDecimal={false}
        {...form.getInputProps('max_concurrent_conversations')}
      />
      <NumberInput
        label={t('members.priority')}
        description={t('members.priorityHint')}
        min={0}
        max={100}
        allowDecimal={false}
        {...form.getInputProps('priority_level')}
      />
      {Object.keys(form.errors).length === 0 && <Refusal error={place.error} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" loading={place.isPending}>
          {member ? t('app.save') : t('members.add')}
        </Button>
      </Group>
    </form>
  )
}

interface ChooseProps {
  members: Member[]
  value?: string
  error?: ReactNode
  onChange?: (value: string) => void
}

function Choose({ members, value, error, onChange }: ChooseProps) {
  const { t } = useTranslation()
  const can = useCan()
  const [text, setText] = useState('')
  const [sought] = useDebouncedValue(text.trim(), 250)
  const here = new Set(members.map(({ user_id }) => user_id))
  const { people = [] } = usePeople({ q: sought || undefined, state: 'active' })

  return (
    <Select
      data-autofocus
      label={t('members.choose')}
      placeholder={t('members.choosePlaceholder')}
      searchable
      disabled={!can('people.read')}
      nothingFoundMessage={t('members.nobodyFound')}
      data={people
        .filter(({ id }) => !here.has(id))
        .map(({ id, full_name }) => ({ value: id, label: full_name }))}
      // The server has looked already, and finds by address, too.
      filter={({ options }) => options}
      value={value === '' ? null : (value ?? null)}
      error={error}
      onSearchChange={setText}
      onChange={(chosen) => onChange?.(chosen ?? '')}
    />
  )
}
