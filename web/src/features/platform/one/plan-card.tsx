import { Button, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { dayEnd } from '@/shared/format/day'
import { dayKey } from '@/shared/format/time'
import { fieldErrors } from '@/shared/forms/field-errors'
import { focusFirst } from '@/shared/forms/focus-first'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone, toastFailed } from '@/shared/ui/toast'
import { useChange } from '../api'
import { plans, type Organization } from '../types'
import classes from '../platform.module.css'

/** Name, plan, and the last day it holds. A new plan brings its limits. */
export function PlanCard({ organization }: { organization: Organization }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const change = useChange(organization.id)
  const form = useForm({
    initialValues: valuesOf(organization),
    validate: { name: (name) => (name.trim() === '' ? t('flaws.missing') : null) },
  })

  function submit() {
    const { name, plan, lastDay } = form.values
    change.mutate(
      {
        name: name.trim(),
        plan_expires_at:
          lastDay === '' ? null : dayEnd(lastDay, organization.timezone).toISOString(),
        // Naming the plan sets its limits, also those that were adjusted.
        ...(plan !== organization.plan_type && { plan_type: plan }),
      },
      {
        onSuccess: (changed) => {
          form.setInitialValues(valuesOf(changed))
          form.reset()
          toastDone(t('app.saved'))
        },
        onError: (error) => {
          const found = fieldErrors(error)
          form.setErrors({ ...found, lastDay: found.plan_expires_at })
          if (Object.keys(found).length === 0) toastFailed(errorText(error))
        },
      },
    )
  }

  return (
    <SectionCard title={t('platform.plan')} description={t('platform.planChangeText')}>
      <form noValidate onSubmit={form.onSubmit(submit, (wrong) => focusFirst(form, wrong))}>
        <div className={classes.fields}>
          <TextInput label={t('platform.name')} maxLength={255} {...form.getInputProps('name')} />
          <Select
            label={t('platform.plan')}
            allowDeselect={false}
            data={plans.map((plan) => ({ value: plan, label: t(`platform.plans.${plan}`) }))}
            {...form.getInputProps('plan')}
          />
          <TextInput
            type="date"
            label={t('platform.lastDay')}
            description={t('platform.lastDayText')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...form.getInputProps('lastDay')}
          />
        </div>
        <div className={classes.end}>
          <Button type="submit" loading={change.isPending} disabled={!form.isDirty()}>
            {t('app.save')}
          </Button>
        </div>
      </form>
    </SectionCard>
  )
}

function valuesOf({ name, plan_type, plan_expires_at, timezone }: Organization) {
  return {
    name,
    plan: plan_type,
    lastDay: plan_expires_at ? lastDayOf(plan_expires_at, timezone) : '',
  }
}

/** A plan that ends at midnight held until the day before. */
function lastDayOf(expiresAt: string, zone: string): string {
  return dayKey(new Date(Date.parse(expiresAt) - 1), zone)
}
