import { Alert, Button, Stack } from '@mantine/core'
import { useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { ApiError } from '@/shared/api/errors'
import { useErrorText } from '@/shared/api/use-error-text'
import { NewPassword } from '@/shared/forms/new-password'
import { passwordProblem, passwordRefusal } from '@/shared/forms/password-problem'
import { Heading } from '../heading'
import { SecondStep } from '../second-step'
import { AlmostIn } from './almost-in'
import { useResetPassword, type Link } from './link-api'
import { LinkGate, Unusable } from './link-gate'
import { useLinkToken } from './link-token'
import { useNewAccount } from './use-new-account'

interface ResetPasswordProps {
  onSignedIn: () => void
}

export function ResetPassword({ onSignedIn }: ResetPasswordProps) {
  const token = useLinkToken('/reset-password')
  return (
    <LinkGate key={token} purpose="reset_password" token={token}>
      {(link, held) => <ResetForm link={link} token={held} onSignedIn={onSignedIn} />}
    </LinkGate>
  )
}

interface ResetFormProps extends ResetPasswordProps {
  link: Link
  token: string
}

function ResetForm({ link, token, onSignedIn }: ResetFormProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const reset = useResetPassword()
  const { entering, enterWith, done } = useNewAccount(onSignedIn)
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string>()
  const refusal = passwordRefusal(reset.error, t)

  function submit(form: HTMLFormElement): void {
    const found = passwordProblem(password, t)
    setProblem(found)
    if (found) form.querySelector('input')?.focus()
    else {
      reset.mutate(
        { token, password },
        {
          onSuccess: ({ email }) => enterWith(email, password),
          onError: () => form.querySelector('input')?.focus(),
        },
      )
    }
  }

  if (entering.waitingForCode) {
    return <SecondStep credentials={entering.waitingForCode} entering={entering} />
  }
  if (done) return <AlmostIn title={t('reset.done')} error={entering.error} />
  if (reset.error instanceof ApiError && reset.error.code === 'link_unusable') {
    return <Unusable purpose="reset_password" />
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit(event.currentTarget)
      }}
    >
      <Heading title={t('reset.title')}>
        <Trans
          i18nKey="reset.text"
          values={{ email: link.email, organization: link.organization_name }}
          components={{ strong: <strong /> }}
        />
      </Heading>
      <Stack gap="md">
        {reset.error && !refusal && (
          <Alert role="alert" color="red" variant="light" py="xs">
            {errorText(reset.error)}
          </Alert>
        )}
        <input type="hidden" name="username" autoComplete="username" value={link.email} readOnly />
        <NewPassword
          label={t('reset.password')}
          email={link.email}
          value={password}
          error={problem ?? refusal}
          onChange={(value) => {
            setPassword(value)
            setProblem(undefined)
            if (reset.error) reset.reset()
          }}
        />
        <Button type="submit" size="md" fullWidth loading={reset.isPending}>
          {t('reset.submit')}
        </Button>
        <Alert color="gray" variant="light" py="xs">
          {t('reset.others')}
        </Alert>
      </Stack>
    </form>
  )
}
