import { Button, Skeleton, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { signOut } from '@/shared/api/session'
import { useErrorText } from '@/shared/api/use-error-text'
import { useConfirm } from '@/shared/ui/confirm'
import { Failure } from '@/shared/ui/failure'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone, toastFailed } from '@/shared/ui/toast'
import { useDevices, useEndOtherDevices, useSignOutEverywhere } from './api'
import { DeviceRow } from './device-row'
import classes from './devices.module.css'

export function Devices() {
  const { t } = useTranslation()
  const { data: devices, error, refetch } = useDevices()
  const alone = devices?.length === 1

  return (
    <>
      <SectionCard
        title={t('profile.devices.title')}
        description={t('profile.devices.text')}
        action={devices && !alone && <EndOthers />}
      >
        {error && !devices && <Failure error={error} onRetry={() => void refetch()} />}
        {!devices && !error && (
          <Stack gap="md">
            <Skeleton height={48} radius="md" />
            <Skeleton height={48} radius="md" />
          </Stack>
        )}
        {devices && (
          <ul className={classes.list} aria-label={t('profile.devices.list')}>
            {devices
              .toSorted((a, b) => Number(b.is_current) - Number(a.is_current))
              .map((device) => (
                <DeviceRow key={device.id} device={device} />
              ))}
          </ul>
        )}
        {alone && (
          <Text size="sm" c="dimmed" mt="sm">
            {t('profile.devices.alone')}
          </Text>
        )}
      </SectionCard>
      <Everywhere />
    </>
  )
}

function EndOthers() {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const confirm = useConfirm()
  const end = useEndOtherDevices()

  async function ask() {
    const yes = await confirm({
      title: t('profile.devices.endOthersTitle'),
      text: t('profile.devices.endOthersText'),
      confirm: t('profile.devices.endOthers'),
    })
    if (!yes) return
    end.mutate(undefined, {
      onSuccess: () => toastDone(t('profile.devices.endedOthers')),
      onError: (error) => toastFailed(errorText(error)),
    })
  }

  return (
    <Button variant="default" loading={end.isPending} onClick={() => void ask()}>
      {t('profile.devices.endOthers')}
    </Button>
  )
}

function Everywhere() {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const confirm = useConfirm()
  const end = useSignOutEverywhere()

  async function ask() {
    const yes = await confirm({
      title: t('profile.devices.everywhereQuestion'),
      text: t('profile.devices.everywhereText'),
      confirm: t('profile.devices.everywhere'),
      danger: true,
    })
    if (!yes) return
    end.mutate(undefined, {
      onSuccess: signOut,
      onError: (error) => toastFailed(errorText(error)),
    })
  }

  return (
    <SectionCard
      danger
      title={t('profile.devices.everywhereTitle')}
      description={t('profile.devices.everywhereText')}
      action={
        <Button color="red" variant="light" loading={end.isPending} onClick={() => void ask()}>
          {t('profile.devices.everywhere')}
        </Button>
      }
    />
  )
}
