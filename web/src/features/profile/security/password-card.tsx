import { Alert, Button, Group, PasswordInput, Stack } from '@mantine/core'
import { isNotEmpty, useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { fieldErrors } from '@/shared/forms/field-errors'
import { NewPassword } from '@/shared/forms/new-password'
import { passwordProblem, passwordRefusal } from '@/shared/forms/password-problem'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone } from '@/shared/ui/toast'
import { useChangePassword } from './api'

const FIELD_OF = { wrong_password: 'present_password', password_unacceptable: 'password' }

export function PasswordCard({ email }: { email: string }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const change = useChangePassword()
  const form = useForm({
    initialValues: { present_password: '', password: '' },
    validate: {
      present_password: isNotEmpty(t('profile.password.presentMissing')),
      password: (said) => passwordProblem(said, t),
    },
  })
  const elsewhere = change.error && Object.keys(fieldErrors(change.error, FIELD_OF)).length === 0

  const submit = form.onSubmit((body) => {
    change.mutate(body, {
      onSuccess: () => {
        form.reset()
        toastDone(t('profile.password.changed'))
      },
      onError: (error) => {
        const refusal = passwordRefusal(error, t)
        form.setErrors(refusal ? { password: refusal } : fieldErrors(error, FIELD_OF))
      },
    })
  })

  return (
    <SectionCard title={t('profile.password.title')} description={t('profile.password.text')}>
      <form noValidate onSubmit={submit}>
        <Stack gap="md" maw={440}>
          {elsewhere && (
            <Alert role="alert" color="red" variant="light" py="xs">
              {errorText(change.error)}
            </Alert>
          )}
          <input type="text" autoComplete="username" value={email} readOnly hidden />
          <PasswordInput
            size="md"
            label={t('profile.password.present')}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
            {...form.getInputProps('present_password')}
          />
          <NewPassword
            label={t('profile.password.fresh')}
            email={email}
            value={form.values.password}
            error={form.errors.password}
            onChange={(password) => form.setFieldValue('password', password)}
          />
          <Group>
            <Button type="submit" loading={change.isPending}>
              {t('profile.password.change')}
            </Button>
          </Group>
        </Stack>
      </form>
    </SectionCard>
  )
}
