import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { useSignIn } from './api'
import { checkCredentials, type Problems } from './check-credentials'

interface SignInFormProps {
  onSignedIn: () => void
}

export function SignInForm({ onSignedIn }: SignInFormProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const signIn = useSignIn()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [problems, setProblems] = useState<Problems>({})

  function submit(form: HTMLFormElement) {
    const found = checkCredentials(email, password)
    setProblems(found)
    const invalid = found.email ? 'email' : found.password ? 'password' : undefined
    if (invalid) {
      form.querySelector<HTMLInputElement>(`[name=${invalid}]`)?.focus()
      return
    }
    signIn.mutate({ email: email.trim(), password }, { onSuccess: onSignedIn })
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit(event.currentTarget)
      }}
    >
      <Stack gap="md">
        {signIn.error && (
          <Alert role="alert" color="red" variant="light" py="xs">
            {errorText(signIn.error)}
          </Alert>
        )}
        <TextInput
          name="email"
          type="email"
          size="md"
          label={t('signIn.email')}
          autoComplete="username"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          value={email}
          error={problems.email && t(problems.email)}
          onChange={(event) => {
            setEmail(event.currentTarget.value)
            setProblems(({ password: kept }) => ({ password: kept }))
          }}
        />
        <PasswordInput
          name="password"
          size="md"
          label={t('signIn.password')}
          autoComplete="current-password"
          value={password}
          error={problems.password && t(problems.password)}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
          onChange={(event) => {
            setPassword(event.currentTarget.value)
            setProblems(({ email: kept }) => ({ email: kept }))
          }}
        />
        <Button type="submit" size="md" fullWidth mt="xs" loading={signIn.isPending}>
          {t('signIn.submit')}
        </Button>
      </Stack>
    </form>
  )
}
