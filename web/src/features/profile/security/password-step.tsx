import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'

interface PasswordStepProps {
  email: string
  error: Error | null
  pending: boolean
  onSubmit: (password: string) => void
  onClose: () => void
}

export function PasswordStep({ email, error, pending, onSubmit, onClose }: PasswordStepProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const [password, setPassword] = useState('')
  const [missing, setMissing] = useState(false)
  const problem = missing ? t('profile.twoFactor.passwordMissing') : error && errorText(error)

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setMissing(password === '')
        if (password !== '') onSubmit(password)
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t('profile.twoFactor.passwordText')}</Text>
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          data-autofocus
          label={t('profile.twoFactor.password')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
          value={password}
          error={problem}
          onChange={(event) => {
            setPassword(event.currentTarget.value)
            setMissing(false)
          }}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={pending}>
            {t('profile.twoFactor.next')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
