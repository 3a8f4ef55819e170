import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastDone } from '@/shared/ui/toast'
import { useSetUpTwoFactor } from './api'
import { CodesModal } from './codes-modal'
import { PasswordStep } from './password-step'
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
    <CodesModal
      title={t('profile.twoFactor.title')}
      codes={codes}
      email={email}
      held={Boolean(setUp.data)}
      onSaved={() => {
        toastDone(t('profile.twoFactor.turnedOn'))
        onClose()
      }}
      onClose={onClose}
    >
      {setUp.data ? (
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
    </CodesModal>
  )
}
