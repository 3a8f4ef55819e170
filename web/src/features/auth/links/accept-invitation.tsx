import { Alert, Button, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { ApiError } from '@/shared/api/errors'
import { useErrorText } from '@/shared/api/use-error-text'
import { fieldErrors } from '@/shared/forms/field-errors'
import { NewPassword } from '@/shared/forms/new-password'
import { passwordProblem, passwordRefusal } from '@/shared/forms/password-problem'
import { Heading } from '../heading'
import { AlmostIn } from './almost-in'
import { useAcceptInvitation, type Link } from './link-api'
import { LinkGate, Unusable } from './link-gate'
import { useLinkToken } from './link-token'
import { useNewAccount } from './use-new-account'
import { BackToSignIn } from './ways-on'

interface AcceptInvitationProps {
  onSignedIn: () => void
}

export function AcceptInvitation({ onSignedIn }: AcceptInvitationProps) {
  const token = useLinkToken('/invitation')
  return (
    <LinkGate key={token} purpose="invitation" token={token}>
      {(link, held) => <AcceptForm link={link} token={held} onSignedIn={onSignedIn} />}
    </LinkGate>
  )
}

interface AcceptFormProps extends AcceptInvitationProps {
  link: Link
  token: string
}

function AcceptForm({ link, token, onSignedIn }: AcceptFormProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const accept = useAcceptInvitation()
  const { entering, enterWith, done } = useNewAccount(onSignedIn)
  const [name, setName] = useState(link.full_name ?? '')
  const [password, setPassword] = useState('')
  const [problems, setProblems] = useState<{ name?: string; password?: string }>({})
  const told = fieldErrors(accept.error)
  const refusal = passwordRefusal(accept.error, t)
  const code = accept.error instanceof ApiError ? accept.error.code : undefined

  function submit(form: HTMLFormElement): void {
    const missingName = name.trim() === '' ? t('invitation.nameMissing') : undefined
    const badPassword = passwordProblem(password, t)
    setProblems({
      ...(missingName && { name: missingName }),
      ...(badPassword && { password: badPassword }),
    })
    const first = missingName ? 'full_name' : badPassword ? 'password' : undefined
    if (first) {
      form.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus()
      return
    }
    accept.mutate(
      { token, full_name: name.trim(), password },
      { onSuccess: ({ email }) => enterWith(email, password) },
    )
  }

  if (done) return <AlmostIn title={t('invitation.done')} error={entering.error} />
  if (code === 'link_unusable') return <Unusable purpose="invitation" />
  if (code === 'email_taken') return <HasAccount email={link.email} />
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit(event.currentTarget)
      }}
    >
      <Heading title={t('invitation.title', { organization: link.organization_name })}>
        <Invited link={link} />
      </Heading>
      <Stack gap="md">
        {accept.error && !refusal && Object.keys(told).length === 0 && (
          <Alert role="alert" color="red" variant="light" py="xs">
            {errorText(accept.error)}
          </Alert>
        )}
        <TextInput
          size="md"
          label={t('signIn.email')}
          value={link.email}
          autoComplete="username"
          readOnly
          variant="filled"
        />
        <TextInput
          name="full_name"
          size="md"
          label={t('invitation.name')}
          autoComplete="name"
          value={name}
          error={problems.name ?? told.full_name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NewPassword
          label={t('invitation.password')}
          email={link.email}
          value={password}
          error={problems.password ?? refusal}
          onChange={(value) => {
            setPassword(value)
            setProblems({})
            if (accept.error) accept.reset()
          }}
        />
        <Button type="submit" size="md" fullWidth loading={accept.isPending}>
          {t('invitation.submit')}
        </Button>
      </Stack>
    </form>
  )
}

function Invited({ link }: { link: Link }) {
  const { t } = useTranslation()
  const role = t(`roles.${link.role ?? 'agent'}`)
  return link.inviter_name === null ? (
    <Trans
      i18nKey="invitation.textNobody"
      values={{ role, organization: link.organization_name }}
      components={{ strong: <strong /> }}
    />
  ) : (
    <Trans
      i18nKey="invitation.text"
      values={{ inviter: link.inviter_name, role, organization: link.organization_name }}
      components={{ strong: <strong /> }}
    />
  )
}

/** Only who reads the mail of an address gets here, so this may be told. */
function HasAccount({ email }: { email: string }) {
  const { t } = useTranslation()
  return (
    <>
      <Heading title={t('invitation.takenTitle')} arrived>
        <Trans
          i18nKey="invitation.takenText"
          values={{ email }}
          components={{ strong: <strong /> }}
        />
      </Heading>
      <BackToSignIn />
    </>
  )
}
