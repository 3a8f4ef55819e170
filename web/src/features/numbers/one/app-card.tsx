import { Button, Group, PasswordInput, Skeleton, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldErrors } from '@/shared/forms/field-errors'
import { useConfirm } from '@/shared/ui/confirm'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone } from '@/shared/ui/toast'
import { channelsQuery, type Channel } from '../api'
import { useChangeChannel, useReplaceSecret } from '../channel-api'
import classes from '../numbers.module.css'
import { Refused } from '../refused'
import { PreviousSecret } from './previous-secret'

const MASK = '••••••••••••'

/** The Meta app that the number is connected through; its secret goes in and never comes out. */
export function AppCard({ channelId }: { channelId: string }) {
  const { t } = useTranslation()
  const { data } = useQuery(channelsQuery)
  const channel = data?.items.find(({ id }) => id === channelId)

  return (
    <SectionCard title={t('numbers.app')} description={t('numbers.appText')}>
      {channel ? (
        <Stack gap="lg">
          <AppIdForm key={channel.meta_app_id} channel={channel} />
          <Secret channel={channel} />
          {channel.previous_secret_until && (
            <PreviousSecret channel={channel} until={channel.previous_secret_until} />
          )}
        </Stack>
      ) : (
        <Skeleton height={120} radius="md" />
      )}
    </SectionCard>
  )
}

function AppIdForm({ channel }: { channel: Channel }) {
  const { t } = useTranslation()
  const change = useChangeChannel(channel.id)
  const form = useForm({
    initialValues: { meta_app_id: channel.meta_app_id ?? '' },
    validate: {
      meta_app_id: (id) => (/^\d*$/.test(id.trim()) ? null : t('numbers.appIdWrong')),
    },
  })

  function send({ meta_app_id }: typeof form.values): void {
    change.mutate(
      { meta_app_id: meta_app_id.trim() || null },
      {
        onSuccess: () => toastDone(t('app.saved')),
        onError: (error) => form.setErrors(fieldErrors(error)),
      },
    )
  }

  return (
    <form className={classes.form} noValidate onSubmit={form.onSubmit(send)}>
      <TextInput
        label={t('numbers.appIdOf', { name: channel.name })}
        description={t('numbers.appIdText')}
        inputMode="numeric"
        autoComplete="off"
        {...form.getInputProps('meta_app_id')}
      />
      {Object.keys(form.errors).length === 0 && <Refused error={change.error} />}
      <Group justify="flex-end">
        <Button
          type="submit"
          variant="default"
          loading={change.isPending}
          disabled={!form.isDirty()}
        >
          {t('app.save')}
        </Button>
      </Group>
    </form>
  )
}

function Secret({ channel }: { channel: Channel }) {
  const { t } = useTranslation()
  const [isChanging, setIsChanging] = useState(false)

  return (
    <div className={classes.deed}>
      <div className={classes.deedHead}>
        <div>
          <h3>{t('numbers.appSecret')}</h3>
          <p aria-label={t('numbers.secretHidden')}>{MASK}</p>
        </div>
        <Button
          variant="default"
          aria-expanded={isChanging}
          onClick={() => setIsChanging(!isChanging)}
        >
          {isChanging ? t('app.cancel') : t('numbers.replaceSecret')}
        </Button>
      </div>
      {isChanging && <SecretForm channel={channel} onDone={() => setIsChanging(false)} />}
    </div>
  )
}

function SecretForm({ channel, onDone }: { channel: Channel; onDone: () => void }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const replace = useReplaceSecret(channel.id)
  const form = useForm({
    initialValues: { app_secret: '' },
    validate: {
      app_secret: (secret) => (secret.trim() === '' ? t('numbers.appSecretMissing') : null),
    },
  })

  async function ask({ app_secret }: typeof form.values): Promise<void> {
    const yes = await confirm({
      title: t('numbers.secretQuestion', { name: channel.name }),
      text: t('numbers.secretQuestionText', { count: channel.numbers }),
      confirm: t('numbers.replaceSecret'),
      danger: true,
    })
    if (!yes) return
    replace.mutate(app_secret.trim(), {
      onSuccess: () => {
        toastDone(t('numbers.secretReplaced'))
        onDone()
      },
      onError: (error) => form.setErrors(fieldErrors(error)),
    })
  }

  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.onSubmit((values) => void ask(values))}
    >
      <PasswordInput
        label={t('numbers.newSecret')}
        autoComplete="off"
        {...form.getInputProps('app_secret')}
      />
      {Object.keys(form.errors).length === 0 && <Refused error={replace.error} />}
      <Group justify="flex-end">
        <Button type="submit" loading={replace.isPending}>
          {t('numbers.replaceSecret')}
        </Button>
      </Group>
    </form>
  )
}
