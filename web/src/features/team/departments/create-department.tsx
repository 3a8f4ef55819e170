import { Button, Group, Modal, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { fieldErrors } from '@/shared/forms/field-errors'
import { toastDone } from '@/shared/ui/toast'
import { useCreateDepartment, useDepartments } from '../api/departments'
import { Refusal } from '../refusal'
import type { Department } from '../types'
import { ColorField, colors } from './color-field'
import classes from './departments.module.css'

const USUAL = {
  auto_assign_enabled: true,
  assignment_strategy: 'round_robin',
  max_queue_size: 100,
  is_active: true,
} as const

interface CreateDepartmentProps {
  opened: boolean
  onClose: () => void
  onCreated: (department: Department) => void
}

/** Asks for what a department cannot be without; the rest is on its own page. */
export function CreateDepartment({ opened, onClose, onCreated }: CreateDepartmentProps) {
  const { t } = useTranslation()

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('departments.create')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
      centered
    >
      <CreateForm onClose={onClose} onCreated={onCreated} />
    </Modal>
  )
}

function CreateForm({ onClose, onCreated }: Omit<CreateDepartmentProps, 'opened'>) {
  const { t } = useTranslation()
  const create = useCreateDepartment()
  const { data: departments = [] } = useDepartments()
  const form = useForm({
    initialValues: { name: '', description: '', color: freeColor(departments) },
    validate: { name: (name) => (name.trim() === '' ? t('departments.nameMissing') : null) },
  })

  function make({ name, description, color }: typeof form.values): void {
    create.mutate(
      { ...USUAL, name: name.trim(), description: description.trim() || null, color },
      {
        onSuccess: (made) => {
          toastDone(t('departments.created', { name: made.name }))
          onCreated(made)
        },
        onError: (error) => form.setErrors(fieldErrors(error, { department_name_taken: 'name' })),
      },
    )
  }

  return (
    <form className={classes.form} noValidate onSubmit={form.onSubmit(make)}>
      <TextInput
        data-autofocus
        label={t('departments.name')}
        placeholder={t('departments.namePlaceholder')}
        autoComplete="off"
        {...form.getInputProps('name')}
      />
      <Textarea
        label={t('departments.description')}
        description={t('departments.descriptionHint')}
        autosize
        minRows={2}
        {...form.getInputProps('description')}
      />
      <ColorField
        value={form.getValues().color}
        onChange={(color) => form.setFieldValue('color', color)}
      />
      {Object.keys(form.errors).length === 0 && <Refusal error={create.error} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" loading={create.isPending}>
          {t('departments.create')}
        </Button>
      </Group>
    </form>
  )
}

/** One that no other department has yet. */
function freeColor(departments: Department[]): string {
  const taken = new Set(departments.map(({ color }) => color.toUpperCase()))
  return colors.find((color) => !taken.has(color)) ?? colors[0]
}
