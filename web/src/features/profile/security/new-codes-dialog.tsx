import { Modal, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRenewRecoveryCodes } from './api'
import { CodeForm } from './code-form'
import { RecoveryCodes } from './recovery-codes'

interface NewCodesDialogProps {
  email: string
  onClose: () => void
}

export function NewCodesDialog({ email, onClose }: NewCodesDialogProps) {
  const { t } = useTranslation()
  const renew = useRenewRecoveryCodes()
  const [codes, setCodes] = useState<readonly string[]>()

  return (
    <Modal
      opened
      centered
      size="lg"
      title={codes ? t('profile.twoFactor.recoveryTitle') : t('profile.twoFactor.newCodesTitle')}
      onClose={onClose}
      closeOnEscape={!codes}
      closeOnClickOutside={!codes}
      withCloseButton={!codes}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {codes ? (
        <RecoveryCodes codes={codes} email={email} onSaved={onClose} />
      ) : (
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
      )}
    </Modal>
  )
}
