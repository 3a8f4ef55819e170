import { Select, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { ZoneSelect } from '@/shared/forms/zone-select'
import { languageNames, languages } from '@/shared/i18n/i18n'
import { SectionCard } from '@/shared/ui/section-card'
import { plans } from '../types'
import classes from '../platform.module.css'
import type { NewOrganizationForm } from './form'
import { slugOf } from './slug-of'

interface FieldsProps {
  form: UseFormReturnType<NewOrganizationForm>
}

export function OrganizationFields({ form }: FieldsProps) {
  const { t } = useTranslation()

  return (
    <SectionCard title={t('platform.organization')}>
      <div className={classes.fields}>
        <TextInput
          data-autofocus
          label={t('platform.name')}
          maxLength={255}
          {...form.getInputProps('name')}
          onChange={(event) => {
            const { name, slug } = form.values
            const { value } = event.currentTarget
            form.setFieldValue('name', value)
            // Whoever wrote an address of their own keeps it.
            if (slug === slugOf(name)) form.setFieldValue('slug', slugOf(value))
          }}
        />
        <TextInput
          label={t('platform.slug')}
          description={t('platform.slugText')}
          maxLength={100}
          autoCapitalize="none"
          spellCheck={false}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps('slug')}
        />
        <Select
          label={t('platform.plan')}
          allowDeselect={false}
          description={t('platform.planText')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={plans.map((plan) => ({ value: plan, label: t(`platform.plans.${plan}`) }))}
          {...form.getInputProps('plan')}
        />
        <ZoneSelect
          value={form.values.timezone}
          error={form.errors.timezone}
          onChange={(zone) => form.setFieldValue('timezone', zone)}
        />
        <Select
          label={t('app.language')}
          allowDeselect={false}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
          {...form.getInputProps('locale')}
        />
      </div>
    </SectionCard>
  )
}

export function AdministratorFields({ form }: FieldsProps) {
  const { t } = useTranslation()

  return (
    <SectionCard
      title={t('platform.firstAdministrator')}
      description={t('platform.firstAdministratorText')}
    >
      <div className={classes.fields}>
        <TextInput
          label={t('platform.personName')}
          autoComplete="off"
          maxLength={255}
          {...form.getInputProps('administratorName')}
        />
        <TextInput
          type="email"
          label={t('platform.email')}
          autoComplete="off"
          maxLength={255}
          {...form.getInputProps('administratorEmail')}
        />
      </div>
    </SectionCard>
  )
}
