import { Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRenewRecoveryCodes } from './api'
import { CodeForm } from './code-form'
import { CodesModal } from './codes-modal'

interface NewCodesDialogProps {
  email: string
  onClose: () => void
}

export function NewCodesDialog({ email, onClose }: NewCodesDialogProps) {
  const { t } = useTranslation()
  const renew = useRenewRecoveryCodes()
  const [codes, setCodes] = useState<readonly string[]>()

  return (
    <CodesModal
      title={t('profile.twoFactor.newCodesTitle')}
      codes={codes}
      email={email}
      onSaved={onClose}
      onClose={onClose}
    >
      <CodeForm
        label={t('profile.twoFactor.codeOrRecovery')}
        submit={t('profile.twoFactor.newCodes')}
        error={renew.error}
        pending={renew.isPending}
        onSubmit={(code) =>
          renew.mutate(code, { onSuccess: (made) => setCodes(made.recovery_codes) })
        }
        onClose={onClose}
      >
        <Text size="sm">{t('profile.twoFactor.newCodesText')}</Text>
      </CodeForm>
    </CodesModal>
  )
}
