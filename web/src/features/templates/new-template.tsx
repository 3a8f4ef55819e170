import { Alert, Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { formatPhone } from '@/shared/format/phone'
import { fieldErrors } from '@/shared/forms/field-errors'
import { toastDone } from '@/shared/ui/toast'
import { useCreate, useNumbers } from './api'
import { CATEGORIES, languageName, LANGUAGES } from './filters'
import { asName } from './name'
import type { Category, Content, Template } from './types'

interface NewTemplateProps {
  opened: boolean
  onClose: () => void
  onCreated: (template: Template) => void
}

export function NewTemplate({ opened, onClose, onCreated }: NewTemplateProps) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('templates.createTitle')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {opened && <NewForm onClose={onClose} onCreated={onCreated} />}
    </Modal>
  )
}

/** What one begins with: of a code, the button that copies it. */
function contentFor(category: Category): Content {
  return {
    parameter_format: 'POSITIONAL',
    body_text: '',
    add_security_recommendation: false,
    offer_expires: false,
    asks_to_call: false,
    buttons:
      category === 'AUTHENTICATION'
        ? [{ type: 'OTP', text: '', more: { otp_type: 'COPY_CODE' } }]
        : [],
  }
}

function NewForm({ onClose, onCreated }: Omit<NewTemplateProps, 'opened'>) {
  const { t, i18n } = useTranslation()
  const errorText = useErrorText()
  const create = useCreate()
  const { data: numbers = [] } = useNumbers()
  const first = numbers[0]?.id ?? ''
  const form = useForm<{ name: string; category: Category; language: string; number: string }>({
    initialValues: { name: '', category: 'UTILITY', language: 'pt_BR', number: '' },
    validate: {
      name: (name) => (name === '' ? t('templates.issues.name_required') : null),
    },
  })

  function save({ name, category, language, number }: typeof form.values): void {
    create.mutate(
      {
        name,
        category,
        language,
        whatsapp_number_id: number || first,
        content: contentFor(category),
      },
      {
        onSuccess: (made) => {
          toastDone(t('templates.created'))
          onCreated(made)
        },
        onError: (error) =>
          form.setErrors(
            fieldErrors(error, { template_exists: 'name', number_without_account: 'number' }),
          ),
      },
    )
  }

  return (
    <form noValidate onSubmit={form.onSubmit(save)}>
      <Stack>
        {first === '' && <Alert color="yellow">{t('templates.noNumber')}</Alert>}
        <TextInput
          label={t('templates.name')}
          description={t('templates.nameHint')}
          data-autofocus
          required
          {...form.getInputProps('name')}
          onChange={({ currentTarget }) => form.setFieldValue('name', asName(currentTarget.value))}
        />
        <Select
          label={t('templates.category')}
          allowDeselect={false}
          data={CATEGORIES.map((value) => ({ value, label: t(`templates.categories.${value}`) }))}
          {...form.getInputProps('category')}
        />
        <Select
          label={t('templates.language')}
          allowDeselect={false}
          searchable
          data={LANGUAGES.map((value) => ({ value, label: languageName(value, i18n.language) }))}
          {...form.getInputProps('language')}
        />
        {numbers.length > 1 && (
          <Select
            label={t('templates.number')}
            allowDeselect={false}
            data={numbers.map(({ id, display_name, phone_number }) => ({
              value: id,
              label: display_name ?? formatPhone(phone_number),
            }))}
            {...form.getInputProps('number')}
            value={form.values.number || first}
          />
        )}
        {create.error !== null && Object.keys(form.errors).length === 0 && (
          <Alert role="alert" color="red">
            {errorText(create.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={first === ''}>
            {t('templates.createDo')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
