import { Anchor, Button, Stack, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { emailProblem } from '../check-credentials'
import { keepTyped, knownEmail } from '../email-memory'
import { Heading } from '../heading'
import { useInstallation } from '../installation'
import { RefusedEntry } from '../refused-entry'
import { useForgotPassword } from './link-api'
import { BackToSignIn } from './ways-on'

/** Asks for a letter with a link. The answer is the same whether anybody has the address. */
export function ForgotPassword() {
  const { t } = useTranslation()
  const forgot = useForgotPassword()
  const [email, setEmail] = useState(knownEmail)
  const [problem, setProblem] = useState<ReturnType<typeof emailProblem>>()

  if (forgot.isSuccess) {
    return <LetterIsOnItsWay email={forgot.variables} onOther={() => forgot.reset()} />
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const found = emailProblem(email.trim())
        setProblem(found)
        if (found) event.currentTarget.querySelector('input')?.focus()
        else forgot.mutate(email.trim())
      }}
    >
      <Heading title={t('forgot.title')}>{t('forgot.text')}</Heading>
      <Stack gap="md">
        {forgot.error && <RefusedEntry error={forgot.error} wait={0} />}
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
          error={problem && t(problem)}
          onChange={(event) => {
            setEmail(event.currentTarget.value)
            keepTyped(event.currentTarget.value.trim())
            setProblem(undefined)
          }}
        />
        <Button type="submit" size="md" fullWidth loading={forgot.isPending}>
          {t('forgot.submit')}
        </Button>
      </Stack>
      <BackToSignIn />
    </form>
  )
}

function LetterIsOnItsWay({ email, onOther }: { email: string; onOther: () => void }) {
  const { t } = useTranslation()
  const installation = useInstallation()

  return (
    <>
      <Heading title={t('forgot.sentTitle')} arrived>
        <Trans i18nKey="forgot.sentText" values={{ email }} components={{ strong: <strong /> }} />
      </Heading>
      <Stack gap="sm" fz="sm" c="var(--ink-soft)" lh={1.5}>
        <span>{t('forgot.notThere')}</span>
        {installation?.shows_outbox && (
          <span>
            {t('forgot.outbox')}{' '}
            <Anchor component={Link} to="/outbox" inherit underline="always">
              {t('forgot.openOutbox')}
            </Anchor>
          </span>
        )}
        {installation && !installation.sends_mail && !installation.shows_outbox && (
          <span>{t('forgot.noMail')}</span>
        )}
        <Button variant="default" size="md" fullWidth mt="sm" onClick={onOther}>
          {t('forgot.other')}
        </Button>
      </Stack>
      <BackToSignIn />
    </>
  )
}
