import { Alert, Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { isNotEmpty, useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { fieldErrors } from '@/shared/forms/field-errors'
import { toastDone } from '@/shared/ui/toast'
import { useAskEmailChange } from '../api'

interface ChangeEmailDialogProps {
  /** The present one. */
  email: string
  onClose: () => void
}

const FIELD_OF = { wrong_password: 'password', email_taken: 'email', email_unchanged: 'email' }

export function ChangeEmailDialog({ email: present, onClose }: ChangeEmailDialogProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const ask = useAskEmailChange()
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (said) => {
        if (said.trim() === '') return t('profile.email.newAddressMissing')
        return /^[^\s@]+@[^\s@]+$/.test(said.trim()) ? null : t('profile.email.newAddressInvalid')
      },
      password: isNotEmpty(t('profile.email.passwordMissing')),
    },
  })
  const elsewhere = ask.error && Object.keys(fieldErrors(ask.error, FIELD_OF)).length === 0

  const submit = form.onSubmit(({ email, password }) => {
    ask.mutate(
      { email: email.trim(), password },
      {
        onSuccess: () => {
          toastDone(t('profile.email.sent', { email: email.trim() }))
          onClose()
        },
        onError: (error) => form.setErrors(fieldErrors(error, FIELD_OF)),
      },
    )
  })

  return (
    <Modal
      opened
      centered
      title={t('profile.email.changeTitle')}
      onClose={onClose}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm">{t('profile.email.changeText')}</Text>
          {elsewhere && (
            <Alert role="alert" color="red" variant="light" py="xs">
              {errorText(ask.error)}
            </Alert>
          )}
          <TextInput
            data-autofocus
            type="email"
            label={t('profile.email.newAddress')}
            autoComplete="email"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={255}
            {...form.getInputProps('email')}
          />
          <input type="text" autoComplete="username" value={present} readOnly hidden />
          <PasswordInput
            label={t('profile.email.password')}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
            {...form.getInputProps('password')}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={ask.isPending}>
              {t('profile.email.send')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
