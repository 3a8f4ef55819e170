import { Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastDone } from '@/shared/ui/toast'
import { useSetUpTwoFactor } from './api'
import { PasswordStep } from './password-step'
import { RecoveryCodes } from './recovery-codes'
import { ScanStep } from './scan-step'

interface SetUpDialogProps {
  email: string
  onClose: () => void
}

/** Three steps: who one is, the phone, and the way back without it. */
export function SetUpDialog({ email, onClose }: SetUpDialogProps) {
  const { t } = useTranslation()
  const setUp = useSetUpTwoFactor()
  const [codes, setCodes] = useState<readonly string[]>()

  return (
    <Modal
      opened
      centered
      size="lg"
      title={codes ? t('profile.twoFactor.recoveryTitle') : t('profile.twoFactor.title')}
      onClose={onClose}
      // The codes are told once: nobody loses them to a stray key.
      closeOnEscape={!codes}
      closeOnClickOutside={!codes && !setUp.data}
      withCloseButton={!codes}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {codes ? (
        <RecoveryCodes
          codes={codes}
          email={email}
          onSaved={() => {
            toastDone(t('profile.twoFactor.turnedOn'))
            onClose()
          }}
        />
      ) : setUp.data ? (
        <ScanStep setup={setUp.data} onConfirmed={setCodes} onClose={onClose} />
      ) : (
        <PasswordStep
          email={email}
          error={setUp.error}
          pending={setUp.isPending}
          onSubmit={(password) => setUp.mutate(password)}
          onClose={onClose}
        />
      )}
    </Modal>
  )
}
