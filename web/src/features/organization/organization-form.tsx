import { Alert, Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { fieldErrors } from '@/shared/forms/field-errors'
import { languageNames, languages } from '@/shared/i18n/i18n'
import { toastDone } from '@/shared/ui/toast'
import { useChangeOrganization, type Organization } from './api'
import { TimezoneSelect } from './timezone-select'

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/
const FIELD_OF = { slug_taken: 'slug', timezone_unknown: 'timezone' }

interface OrganizationFormProps {
  organization: Organization
  readOnly: boolean
}

export function OrganizationForm({ organization, readOnly }: OrganizationFormProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const change = useChangeOrganization()
  const form = useForm({
    initialValues: valuesOf(organization),
    validate: {
      name: (name) => (name.trim() === '' ? t('organization.nameMissing') : null),
      slug: (slug) => (SLUG.test(slug) ? null : t('organization.slugInvalid')),
    },
  })
  const elsewhere = change.error && Object.keys(fieldErrors(change.error, FIELD_OF)).length === 0

  function save(values: ReturnType<typeof valuesOf>) {
    change.mutate(
      { ...values, name: values.name.trim() },
      {
        onSuccess: (changed) => {
          form.setInitialValues(valuesOf(changed))
          form.setValues(valuesOf(changed))
          toastDone(t('organization.saved'))
        },
        onError: (error) => form.setErrors(fieldErrors(error, FIELD_OF)),
      },
    )
  }

  return (
    <form
      noValidate
      onSubmit={form.onSubmit(save, (errors) => {
        const [first] = Object.keys(errors)
        if (first !== undefined) form.getInputNode(first)?.focus()
      })}
    >
      <Stack gap="lg">
        {elsewhere && (
          <Alert role="alert" color="red" variant="light">
            {errorText(change.error)}
          </Alert>
        )}
        <TextInput
          label={t('organization.name')}
          description={t('organization.nameHint')}
          maxLength={255}
          readOnly={readOnly}
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t('organization.slug')}
          description={t('organization.slugHint')}
          maxLength={100}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          readOnly={readOnly}
          {...form.getInputProps('slug')}
        />
        <TimezoneSelect
          readOnly={readOnly}
          saved={organization.timezone}
          {...form.getInputProps('timezone')}
          value={form.values.timezone}
        />
        <Select
          label={t('organization.locale')}
          description={t('organization.localeHint')}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
          allowDeselect={false}
          readOnly={readOnly}
          {...form.getInputProps('locale')}
        />
        {!readOnly && (
          <Group justify="flex-end" gap="sm">
            {form.isDirty() && (
              <Button variant="default" onClick={form.reset}>
                {t('organization.discard')}
              </Button>
            )}
            <Button type="submit" disabled={!form.isDirty()} loading={change.isPending}>
              {t('organization.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  )
}

function valuesOf({ name, slug, timezone, locale }: Organization) {
  return { name, slug, timezone, locale: languages.find((one) => one === locale) ?? languages[0] }
}
