import { Alert, Anchor, Button } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DEFAULT_ZONE } from '@/shared/api/current-user'
import { useErrorText } from '@/shared/api/use-error-text'
import { fieldErrors } from '@/shared/forms/field-errors'
import { focusFirst } from '@/shared/forms/focus-first'
import { Page } from '@/shared/ui/page'
import { toastDone, toastFailed } from '@/shared/ui/toast'
import { useCreateOrganization } from '../api'
import classes from '../platform.module.css'
import { creationOf, emptyForm, missing } from './form'
import { AdministratorFields, OrganizationFields } from './form-fields'

interface NewOrganizationPageProps {
  onCreated: (id: string) => void
}

export function NewOrganizationPage({ onCreated }: NewOrganizationPageProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const create = useCreateOrganization()
  const form = useForm({ initialValues: emptyForm(DEFAULT_ZONE), validate: missing(t) })
  const { error } = create
  const isTold = error && Object.keys(fieldErrors(error, FIELDS)).length > 0

  function submit() {
    create.mutate(creationOf(form.values), {
      onSuccess: ({ made, refused }) => {
        if (refused === undefined) toastDone(t('platform.created', { name: made.name }))
        else toastFailed(t('platform.createdUninvited', { reason: errorText(refused) }))
        onCreated(made.id)
      },
      onError: (refusal) => {
        const found = fieldErrors(refusal, FIELDS)
        form.setErrors(found)
        focusFirst(form, found)
      },
    })
  }

  return (
    <Page
      title={t('platform.create')}
      subtitle={t('platform.createText')}
      back={
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/platform/organizations" />}>
          <IconArrowLeft size={14} stroke={2} aria-hidden="true" /> {t('platform.title')}
        </Anchor>
      }
    >
      <form
        noValidate
        onSubmit={form.onSubmit(submit, (wrong) => focusFirst(form, wrong))}
        className={classes.form}
      >
        {error && !isTold && (
          <Alert role="alert" color="red" variant="light">
            {errorText(error)}
          </Alert>
        )}
        <OrganizationFields form={form} />
        <AdministratorFields form={form} />
        <div className={classes.end}>
          <Button
            variant="default"
            renderRoot={(props) => <Link {...props} to="/platform/organizations" />}
          >
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('platform.create')}
          </Button>
        </div>
      </form>
    </Page>
  )
}

const FIELDS = { slug_taken: 'slug', timezone_unknown: 'timezone' }
