import { Button, Group, PasswordInput, Radio, Skeleton, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldErrors } from '@/shared/forms/field-errors'
import { channelsQuery, useCreateChannel } from '../api'
import classes from '../numbers.module.css'
import { Refused } from '../refused'

const NEW = 'new'

interface AppStepProps {
  /** With its verify token when it is new: nobody sees it again. */
  onChosen: (channelId: string, verifyToken?: string) => void
}

export function AppStep({ onChosen }: AppStepProps) {
  const { t } = useTranslation()
  const { data } = useQuery(channelsQuery)
  const [chosen, setChosen] = useState<string>()
  if (!data) return <Skeleton height={200} radius="md" />
  const selected = chosen ?? data.items[0]?.id ?? NEW

  return (
    <Stack gap="lg">
      {data.items.length > 0 && (
        <Radio.Group label={t('numbers.useApp')} value={selected} onChange={setChosen}>
          <Stack gap="xs" mt="xs">
            {data.items.map(({ id, name }) => (
              <Radio key={id} value={id} label={name} />
            ))}
            <Radio value={NEW} label={t('numbers.newApp')} />
          </Stack>
        </Radio.Group>
      )}
      {selected === NEW ? (
        <NewApp onChosen={onChosen} />
      ) : (
        <Group justify="flex-end">
          <Button onClick={() => onChosen(selected)}>{t('numbers.next')}</Button>
        </Group>
      )}
    </Stack>
  )
}

function NewApp({ onChosen }: AppStepProps) {
  const { t } = useTranslation()
  const create = useCreateChannel()
  const form = useForm({
    initialValues: { name: '', meta_app_id: '', app_secret: '' },
    validate: {
      name: (name) => (name.trim() === '' ? t('numbers.appNameMissing') : null),
      meta_app_id: (id) => (/^\d*$/.test(id.trim()) ? null : t('numbers.appIdWrong')),
      app_secret: (secret) => (secret.trim() === '' ? t('numbers.appSecretMissing') : null),
    },
  })

  function make({ name, meta_app_id, app_secret }: typeof form.values): void {
    create.mutate(
      { name: name.trim(), meta_app_id: meta_app_id.trim() || null, app_secret: app_secret.trim() },
      {
        onSuccess: ({ id, verify_token }) => onChosen(id, verify_token),
        onError: (error) => form.setErrors(fieldErrors(error, { channel_name_taken: 'name' })),
      },
    )
  }

  return (
    <form className={classes.form} noValidate onSubmit={form.onSubmit(make)}>
      <TextInput label={t('numbers.appName')} autoComplete="off" {...form.getInputProps('name')} />
      <TextInput
        label={t('numbers.appId')}
        inputMode="numeric"
        autoComplete="off"
        {...form.getInputProps('meta_app_id')}
      />
      <PasswordInput
        label={t('numbers.appSecret')}
        autoComplete="off"
        {...form.getInputProps('app_secret')}
      />
      {Object.keys(form.errors).length === 0 && <Refused error={create.error} />}
      <Group justify="flex-end">
        <Button type="submit" loading={create.isPending}>
          {t('numbers.next')}
        </Button>
      </Group>
    </form>
  )
}
