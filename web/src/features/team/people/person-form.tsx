import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { fieldErrors } from '@/shared/forms/field-errors'
import { toastDone } from '@/shared/ui/toast'
import { useChangePerson } from '../api/people'
import { Refusal } from '../refusal'
import { SaveBar } from '../save-bar'
import type { PermissionTable, Person } from '../types'
import { useUnsavedGuard } from '@/shared/forms/use-unsaved-guard'
import { AccessFields } from './access-fields'
import classes from './person-drawer.module.css'
import { changesOf, valuesOf } from './person-values'

interface PersonFormProps {
  person: Person
  table: PermissionTable
  readOnly: boolean
  /** Why what they may do cannot be changed here. */
  locked: string | undefined
}

const PHONE = /^\+?[0-9 ()-]{5,20}$/

export function PersonForm({ person, table, readOnly, locked }: PersonFormProps) {
  const { t } = useTranslation()
  const change = useChangePerson(person.id)
  const form = useForm({
    initialValues: valuesOf(person),
    validate: {
      full_name: (name) => (name.trim() === '' ? t('person.fullNameMissing') : null),
      phone_number: (phone) =>
        phone.trim() === '' || PHONE.test(phone.trim()) ? null : t('person.phoneInvalid'),
    },
  })

  useUnsavedGuard(form.isDirty())

  function save(values: typeof form.values): void {
    change.mutate(changesOf(values, person, table), {
      onSuccess: (saved) => {
        form.setInitialValues(valuesOf(saved))
        form.setValues(valuesOf(saved))
        toastDone(t('app.saved'))
      },
      onError: (error) => form.setErrors(fieldErrors(error)),
    })
  }

  function discard(): void {
    form.reset()
    change.reset()
  }

  return (
    <form className={classes.form} noValidate onSubmit={form.onSubmit(save)}>
      <section className={classes.section}>
        <h4>{t('person.about')}</h4>
        <div className={classes.pair}>
          <TextInput
            label={t('person.fullName')}
            autoComplete="off"
            disabled={readOnly}
            {...form.getInputProps('full_name')}
          />
          <TextInput
            label={t('person.phone')}
            type="tel"
            autoComplete="off"
            placeholder="+55 11 90000-0000"
            disabled={readOnly}
            {...form.getInputProps('phone_number')}
          />
        </div>
      </section>
      <section className={classes.section}>
        <h4>{t('person.access')}</h4>
        <AccessFields form={form} table={table} locked={locked} />
      </section>
      {Object.keys(form.errors).length === 0 && <Refusal error={change.error} />}
      <SaveBar dirty={form.isDirty()} saving={change.isPending} onDiscard={discard} />
    </form>
  )
}
