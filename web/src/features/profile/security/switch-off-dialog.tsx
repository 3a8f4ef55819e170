import { Modal, PasswordInput, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/shared/api/errors'
import { useErrorText } from '@/shared/api/use-error-text'
import { toastDone } from '@/shared/ui/toast'
import { useSwitchTwoFactorOff } from './api'
import { CodeForm } from './code-form'

interface SwitchOffDialogProps {
  email: string
  onClose: () => void
}

/** Password and code: an open page has neither, and whoever has the phone has one of them only. */
export function SwitchOffDialog({ email, onClose }: SwitchOffDialogProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const switchOff = useSwitchTwoFactorOff()
  const [password, setPassword] = useState('')
  const [missing, setMissing] = useState(false)
  const { error } = switchOff
  const wrong = error instanceof ApiError && error.code === 'wrong_password'

  function submit(code: string) {
    setMissing(password === '')
    if (password === '') return
    switchOff.mutate(
      { code, password },
      {
        onSuccess: () => {
          toastDone(t('profile.twoFactor.turnedOff'))
          onClose()
        },
      },
    )
  }

  return (
    <Modal
      opened
      centered
      title={t('profile.twoFactor.offTitle')}
      onClose={onClose}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <CodeForm
        label={t('profile.twoFactor.codeOrRecovery')}
        submit={t('profile.twoFactor.switchOff')}
        error={error}
        pending={switchOff.isPending}
        danger
        onSubmit={submit}
        onClose={onClose}
      >
        <Text size="sm">{t('profile.twoFactor.offText')}</Text>
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          data-autofocus
          label={t('profile.twoFactor.password')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
          value={password}
          error={missing ? t('profile.twoFactor.passwordMissing') : wrong && errorText(error)}
          onChange={(event) => {
            setPassword(event.currentTarget.value)
            setMissing(false)
          }}
        />
      </CodeForm>
    </Modal>
  )
}
