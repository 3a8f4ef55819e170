import { Anchor, Button, Checkbox, PasswordInput, Stack, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { checkCredentials, type Problems } from './check-credentials'
import { keepTyped, knownEmail, rememberEmail, remembersEmail } from './email-memory'
import { Heading } from './heading'
import { RefusedEntry } from './refused-entry'
import { SecondStep } from './second-step'
import classes from './sign-in-form.module.css'
import { useEntering } from './use-entering'
import { useSecondsLeft } from './use-seconds-left'

interface SignInFormProps {
  onSignedIn: () => void
  /** Above the fields, when there is something to say first. */
  notice?: ReactNode
}

export function SignInForm({ onSignedIn, notice }: SignInFormProps) {
  const { t } = useTranslation()
  const [email, setEmail] = useState(knownEmail)
  const [remember, setRemember] = useState(() => email === '' || remembersEmail())
  const [password, setPassword] = useState('')
  const [problems, setProblems] = useState<Problems>({})
  const entering = useEntering(() => {
    rememberEmail(email.trim(), remember)
    onSignedIn()
  })
  const { lock, error, waitingForCode } = entering
  const wait = useSecondsLeft(lock?.email === email.trim() ? lock : undefined)

  function submit(form: HTMLFormElement) {
    const found = checkCredentials(email, password)
    setProblems(found)
    const invalid = found.email ? 'email' : found.password ? 'password' : undefined
    if (invalid) {
      form.querySelector<HTMLInputElement>(`[name=${invalid}]`)?.focus()
      return
    }
    if (wait === 0) entering.enter({ email: email.trim(), password })
  }

  if (waitingForCode) return <SecondStep credentials={waitingForCode} entering={entering} />
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit(event.currentTarget)
      }}
    >
      <Heading title={t('signIn.title')}>{t('signIn.subtitle')}</Heading>
      {notice}
      <Stack gap="md">
        {error && <RefusedEntry error={error} wait={wait} />}
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
            keepTyped(event.currentTarget.value.trim())
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
        <div className={classes.between}>
          <Checkbox
            size="sm"
            label={t('signIn.remember')}
            checked={remember}
            onChange={(event) => setRemember(event.currentTarget.checked)}
          />
          <Anchor component={Link} to="/forgot-password" inherit>
            {t('signIn.forgot')}
          </Anchor>
        </div>
        <Button type="submit" size="md" fullWidth loading={entering.isPending} disabled={wait > 0}>
          {t('signIn.submit')}
        </Button>
      </Stack>
    </form>
  )
}
