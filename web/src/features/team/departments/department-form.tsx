import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useZone } from '@/shared/api/current-user'
import { fieldErrors } from '@/shared/forms/field-errors'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone } from '@/shared/ui/toast'
import { useChangeDepartment } from '../api/departments'
import { Refusal } from '../refusal'
import { SaveBar } from '../save-bar'
import type { Department } from '../types'
import { useUnsavedGuard } from '@/shared/forms/use-unsaved-guard'
import { AboutFields } from './about-fields'
import { changesOf, flawsOf, inForm, isNeverOpen, valuesOf } from './department-values'
import classes from './departments.module.css'
import { HoursEditor } from './hours-editor'
import { SharingFields } from './sharing-fields'

interface DepartmentFormProps {
  department: Department
  readOnly: boolean
}

const FIELD_OF = { department_name_taken: 'name', unknown_reference: 'number' }

export function DepartmentForm({ department, readOnly }: DepartmentFormProps) {
  const { t } = useTranslation()
  const zone = useZone()
  const change = useChangeDepartment(department.id)
  const form = useForm({
    initialValues: valuesOf(department),
    validate: {
      name: (name) => (name.trim() === '' ? t('departments.nameMissing') : null),
      queueSize: (size) => (size === '' ? t('flaws.missing') : null),
      hours: (hours) => {
        if (isNeverOpen(hours)) return t('hours.noDay')
        return Object.keys(flawsOf(hours)).length > 0 ? t('hours.checkDays') : null
      },
    },
  })
  useUnsavedGuard(form.isDirty())
  const { hours } = form.getValues()
  const { hours: hoursError } = form.errors

  function save(values: typeof form.values): void {
    change.mutate(changesOf(values), {
      onSuccess: (saved) => {
        form.setInitialValues(valuesOf(saved))
        form.setValues(valuesOf(saved))
        toastDone(t('app.saved'))
      },
      onError: (error) => form.setErrors(inForm(fieldErrors(error, FIELD_OF))),
    })
  }

  return (
    <form className={classes.column} noValidate onSubmit={form.onSubmit(save)}>
      <SectionCard title={t('departments.about')}>
        <AboutFields form={form} readOnly={readOnly} />
      </SectionCard>
      <SectionCard title={t('departments.sharing')}>
        <SharingFields form={form} readOnly={readOnly} />
      </SectionCard>
      <SectionCard
        title={t('departments.openingTitle')}
        description={t('departments.openingText', { zone })}
      >
        <HoursEditor
          value={hours}
          disabled={readOnly}
          // Half a time is no mistake before one says to be done.
          flaws={hoursError ? flawsOf(hours) : {}}
          error={typeof hoursError === 'string' ? hoursError : undefined}
          onChange={(next) => form.setFieldValue('hours', next)}
        />
      </SectionCard>
      {Object.keys(form.errors).length === 0 && <Refusal error={change.error} />}
      <SaveBar
        dirty={form.isDirty()}
        saving={change.isPending}
        onDiscard={() => {
          form.reset()
          change.reset()
        }}
      />
    </form>
  )
}
