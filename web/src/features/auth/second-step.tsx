import { Anchor, Button, Stack, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/shared/api/errors'
import { useErrorText } from '@/shared/api/use-error-text'
import type { Credentials } from './api'
import { Heading } from './heading'
import { RefusedEntry } from './refused-entry'
import classes from './second-step.module.css'
import type { Entering } from './use-entering'
import { useSecondsLeft } from './use-seconds-left'

interface SecondStepProps {
  credentials: Credentials
  entering: Entering
}

const DIGITS = 6

/** The second of two steps: a code of the app, or one of those kept for the day the phone is gone. */
export function SecondStep({ credentials, entering }: SecondStepProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const [kind, setKind] = useState<'code' | 'recovery'>('code')
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const wait = useSecondsLeft(entering.lock)
  const { error } = entering
  const isWrong = error instanceof ApiError && error.code === 'wrong_code'
  useEffect(() => field.current?.focus(), [kind])

  function send(said: string): void {
    setMissing(said.length < DIGITS)
    if (said.length >= DIGITS && wait === 0) entering.enter({ ...credentials, code: said })
    else field.current?.focus()
  }

  function type(said: string): void {
    setMissing(false)
    if (kind === 'recovery') {
      setCode(said)
      return
    }
    const digits = said.replace(/\D/g, '').slice(0, DIGITS)
    setCode(digits)
    if (digits.length === DIGITS && digits !== code && !entering.isPending) send(digits)
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!entering.isPending) send(code.trim())
      }}
    >
      <Heading title={t('signIn.secondStep')}>
        {t(kind === 'code' ? 'signIn.codeText' : 'signIn.recoveryText')}
      </Heading>
      <Stack gap="md">
        {error && !isWrong && <RefusedEntry error={error} wait={wait} />}
        <TextInput
          key={kind}
          ref={field}
          name="code"
          size="md"
          className={classes[kind]}
          label={t(kind === 'code' ? 'signIn.code' : 'signIn.recoveryCode')}
          inputMode={kind === 'code' ? 'numeric' : 'text'}
          autoComplete={kind === 'code' ? 'one-time-code' : 'off'}
          autoCapitalize="none"
          spellCheck={false}
          value={code}
          error={missing ? t('signIn.codeMissing') : isWrong && errorText(error)}
          onChange={(event) => type(event.currentTarget.value)}
        />
        <Button type="submit" size="md" fullWidth loading={entering.isPending} disabled={wait > 0}>
          {t('signIn.verify')}
        </Button>
        <div className={classes.ways}>
          <Anchor component="button" type="button" inherit onClick={entering.backToPassword}>
            {t('signIn.back')}
          </Anchor>
          <Anchor
            component="button"
            type="button"
            inherit
            onClick={() => {
              setKind(kind === 'code' ? 'recovery' : 'code')
              setCode('')
              setMissing(false)
            }}
          >
            {t(kind === 'code' ? 'signIn.useRecovery' : 'signIn.useApp')}
          </Anchor>
        </div>
      </Stack>
    </form>
  )
}
