import { Button } from '@mantine/core'
import {
  IconDeviceDesktop,
  IconDeviceMobile,
  IconDeviceTablet,
  IconTerminal2,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { nearTime } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { useConfirm } from '@/shared/ui/confirm'
import { toastDone, toastFailed } from '@/shared/ui/toast'
import { Tag } from '@/shared/ui/tag'
import { useEndDevice, type Device } from './api'
import classes from './devices.module.css'
import { deviceName } from '@/shared/format/user-agent'

const icons = {
  computer: IconDeviceDesktop,
  phone: IconDeviceMobile,
  tablet: IconDeviceTablet,
  program: IconTerminal2,
}

/** Milliseconds in which a device that was seen counts as being there. */
const JUST_NOW = 5 * 60_000

export function DeviceRow({ device }: { device: Device }) {
  const { t } = useTranslation()
  const style = useTimeStyle()
  const now = useNow()
  const { kind } = deviceName(device.user_agent)
  const DeviceIcon = icons[kind]
  const name = useDeviceName(device)
  const seen = new Date(device.last_used_at)
  const isThere = device.is_current || now.getTime() - seen.getTime() < JUST_NOW

  return (
    <li className={classes.device} data-current={device.is_current || undefined}>
      <span className={classes.icon} aria-hidden="true">
        <DeviceIcon size={21} stroke={1.6} />
      </span>
      <div className={classes.what}>
        <div className={classes.name}>
          {name}
          {device.is_current && <Tag tone="good">{t('profile.devices.this')}</Tag>}
        </div>
        <div className={classes.facts}>
          <span>
            {isThere
              ? t('profile.devices.activeNow')
              : t('profile.devices.lastSeen', { time: nearTime(seen, now, style) })}
          </span>
          <span>
            {t('profile.devices.since', {
              time: nearTime(new Date(device.created_at), now, style),
            })}
          </span>
          {device.ip_address && (
            <span>{t('profile.devices.address', { address: device.ip_address })}</span>
          )}
        </div>
      </div>
      {!device.is_current && <End device={device} name={name} />}
    </li>
  )
}

function End({ device, name }: { device: Device; name: string }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const confirm = useConfirm()
  const end = useEndDevice()

  async function ask() {
    const yes = await confirm({
      title: t('profile.devices.endTitle', { device: name }),
      text: t('profile.devices.endText'),
      confirm: t('profile.devices.end'),
    })
    if (!yes) return
    end.mutate(device.id, {
      onSuccess: () => toastDone(t('profile.devices.ended', { device: name })),
      onError: (error) => toastFailed(errorText(error)),
    })
  }

  return (
    <Button
      size="xs"
      variant="default"
      loading={end.isPending}
      aria-label={t('profile.devices.endNamed', { device: name })}
      onClick={() => void ask()}
    >
      {t('profile.devices.end')}
    </Button>
  )
}

function useDeviceName(device: Device): string {
  const { t } = useTranslation()
  const { browser, system, kind } = deviceName(device.user_agent)
  if (browser && system) return t('profile.devices.on', { browser, system })
  if (kind === 'program' && browser) return `${t('profile.devices.program')} ${browser}`
  return browser ?? system ?? t('profile.devices.unknown')
}
