import { Button, CopyButton, Group, Stack, Text } from '@mantine/core'
import { QRCodeSVG } from 'qrcode.react'
import { useTranslation } from 'react-i18next'
import { useConfirmTwoFactor, type TwoFactorSetup } from './api'
import { CodeForm } from './code-form'
import classes from './security.module.css'

interface ScanStepProps {
  setup: TwoFactorSetup
  onConfirmed: (codes: readonly string[]) => void
  onClose: () => void
}

export function ScanStep({ setup, onConfirmed, onClose }: ScanStepProps) {
  const { t } = useTranslation()
  const confirm = useConfirmTwoFactor()
  const key = setup.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')

  return (
    <Stack gap="md">
      <Text size="sm">{t('profile.twoFactor.scan')}</Text>
      <div className={classes.scan}>
        <div className={classes.qr}>
          <QRCodeSVG value={setup.uri} size={168} title={t('profile.twoFactor.qr')} />
        </div>
        <div className={classes.key}>
          {t('profile.twoFactor.orType')}
          <code>{key}</code>
          <CopyButton value={setup.secret}>
            {({ copied, copy }) => (
              <Group gap="xs">
                <Button size="compact-sm" variant="default" onClick={copy}>
                  {copied ? t('app.copied') : t('profile.twoFactor.copyKey')}
                </Button>
              </Group>
            )}
          </CopyButton>
        </div>
      </div>
      <CodeForm
        label={t('profile.twoFactor.code')}
        description={t('profile.twoFactor.codeHint')}
        submit={t('profile.twoFactor.confirm')}
        error={confirm.error}
        pending={confirm.isPending}
        numeric
        onSubmit={(code) =>
          confirm.mutate(code, { onSuccess: (made) => onConfirmed(made.recovery_codes) })
        }
        onClose={onClose}
      />
    </Stack>
  )
}
