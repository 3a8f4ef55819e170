import { Button, NumberInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { fieldErrors } from '@/shared/forms/field-errors'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone, toastFailed } from '@/shared/ui/toast'
import { useChange } from '../api'
import { limits, type Limit, type Organization } from '../types'
import classes from '../platform.module.css'
import { changedLimits, typedOf, type TypedLimits } from './typed-limits'

/** What this organization may have, beyond or below its plan. An empty field is no limit. */
export function LimitsCard({ organization }: { organization: Organization }) {
  const { t, i18n } = useTranslation()
  const errorText = useErrorText()
  const change = useChange(organization.id)
  const form = useForm<TypedLimits>({ initialValues: typedOf(organization.limits) })
  const shown = JSON.stringify(organization.limits)

  // A new plan has brought other limits.
  const showAnew = useEffectEvent(() => {
    form.setInitialValues(typedOf(organization.limits))
    form.reset()
  })
  useEffect(() => showAnew(), [shown])

  function submit() {
    change.mutate(
      { limits: changedLimits(organization.limits, form.values) },
      {
        onSuccess: () => toastDone(t('app.saved')),
        onError: (error) => {
          const found = fieldErrors(error)
          form.setErrors(withoutPrefix(found))
          if (Object.keys(found).length === 0) toastFailed(errorText(error))
        },
      },
    )
  }

  return (
    <SectionCard title={t('platform.limitsTitle')} description={t('platform.limitsText')}>
      <form noValidate onSubmit={form.onSubmit(submit)}>
        <div className={classes.fields}>
          {limits.map((limit: Limit) => (
            <NumberInput
              key={limit}
              label={t(`platform.limits.${limit}`)}
              placeholder={t('platform.unlimited')}
              min={0}
              max={2_147_483_647}
              allowDecimal={false}
              allowNegative={false}
              thousandSeparator={i18n.language === 'en' ? ',' : '.'}
              decimalSeparator={i18n.language === 'en' ? '.' : ','}
              hideControls
              inputMode="numeric"
              {...form.getInputProps(limit)}
            />
          ))}
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

function withoutPrefix(errors: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([field, text]) => [field.replace(/^limits\./, ''), text]),
  )
}
