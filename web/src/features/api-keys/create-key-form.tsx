import { Alert, Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { fieldErrors } from '@/shared/forms/field-errors'
import { dayKey } from '@/shared/format/time'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { useCreateKey, type ApiKeyMade } from './api'
import { endOf, expiries, isExpiry, type Expiry } from './expiry'
import { requestKey } from '@/shared/api/request-key'
import { ScopePicker } from './scope-picker'
import type { Scope } from './scopes'
import classes from './api-keys.module.css'

interface CreateKeyFormProps {
  onMade: (key: ApiKeyMade) => void
  onCancel: () => void
}

interface Values {
  name: string
  expiry: Expiry
  day: string
  scopes: Scope[]
}

const FIELD_OF = { already_expired: 'day', beyond_your_own: 'scopes', scope_not_for_keys: 'scopes' }

/** A key that ends in so many days ends so many after this moment, however often it is asked for. */
function aRequest() {
  return { key: requestKey(), made: new Date() }
}

export function CreateKeyForm({ onMade, onCancel }: CreateKeyFormProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const { zone } = useTimeStyle()
  const create = useCreateKey()
  const today = dayKey(new Date(), zone)
  // Sent again after a lost answer it is the same request: no second key that nobody has seen.
  const [request, setRequest] = useState(aRequest)
  const form = useForm<Values>({
    initialValues: { name: '', expiry: 'd365', day: '', scopes: [] },
    validate: {
      name: (name) => (name.trim() === '' ? t('apiKeys.nameMissing') : null),
      day: (day, { expiry }) => {
        if (expiry !== 'custom') return null
        if (day === '') return t('apiKeys.expiryMissing')
        return day < today ? t('apiKeys.expiryPast') : null
      },
      scopes: (scopes) => (scopes.length === 0 ? t('apiKeys.scopesMissing') : null),
    },
    onValuesChange: () => setRequest(aRequest()),
  })
  const elsewhere = create.error && Object.keys(fieldErrors(create.error, FIELD_OF)).length === 0

  function save({ name, expiry, day, scopes }: Values) {
    const expires_at = endOf(expiry, day, request.made, zone)
    create.mutate(
      { body: { name: name.trim(), scopes, expires_at }, request: request.key },
      {
        onSuccess: onMade,
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
            {errorText(create.error)}
          </Alert>
        )}
        <TextInput
          data-autofocus
          label={t('apiKeys.name')}
          description={t('apiKeys.nameHint')}
          placeholder={t('apiKeys.namePlaceholder')}
          maxLength={255}
          autoComplete="off"
          {...form.getInputProps('name')}
        />
        <ScopePicker
          value={form.values.scopes}
          onChange={(scopes) => form.setFieldValue('scopes', scopes)}
          error={typeof form.errors.scopes === 'string' ? form.errors.scopes : undefined}
        />
        <div>
          <Text fw={600} size="md" id="expiry-label">
            {t('apiKeys.expiry')}
          </Text>
          <Text size="sm" c="dimmed" mb={8}>
            {t('apiKeys.expiryHint')}
          </Text>
          <SegmentedControl
            className={classes.expiry}
            aria-labelledby="expiry-label"
            value={form.values.expiry}
            onChange={(word) => {
              if (isExpiry(word)) form.setFieldValue('expiry', word)
            }}
            data={expiries.map((value) => ({ value, label: t(`apiKeys.expiries.${value}`) }))}
          />
          {form.values.expiry === 'custom' && (
            <TextInput
              mt="sm"
              type="date"
              label={t('apiKeys.expiryDay')}
              min={today}
              {...form.getInputProps('day')}
            />
          )}
        </div>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('apiKeys.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
