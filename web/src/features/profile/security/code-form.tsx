import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/shared/api/errors'
import { useErrorText } from '@/shared/api/use-error-text'

interface CodeFormProps {
  label: string
  description?: string
  submit: string
  error: Error | null
  pending: boolean
  /** Only what the app shows will do. */
  numeric?: boolean
  danger?: boolean
  /** What is asked before the code. */
  children?: ReactNode
  onSubmit: (code: string) => void
  onClose: () => void
}

/** Of the app: six digits. A recovery code is longer. */
const SHORTEST = 6

/** A code of the authenticator app, or where the phone is gone, a recovery code. */
export function CodeForm({
  label,
  description,
  submit,
  error,
  pending,
  numeric = false,
  danger = false,
  children,
  onSubmit,
  onClose,
}: CodeFormProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState(false)
  const wrong = error instanceof ApiError && ['wrong_code', 'invalid'].includes(error.code)
  const other = error instanceof ApiError && error.code !== 'wrong_password' && errorText(error)

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const given = numeric ? code.replaceAll(/\s/g, '') : code.trim()
        setMissing(given.length < SHORTEST)
        if (given.length >= SHORTEST) onSubmit(given)
      }}
    >
      <Stack gap="md">
        {children}
        <TextInput
          label={label}
          description={description}
          autoFocus={numeric}
          autoComplete="one-time-code"
          inputMode={numeric ? 'numeric' : 'text'}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
          maw={280}
          value={code}
          error={
            missing
              ? t('profile.twoFactor.codeMissing')
              : wrong
                ? t('profile.twoFactor.codeWrong')
                : other
          }
          onChange={(event) => {
            setCode(event.currentTarget.value)
            setMissing(false)
          }}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={pending} {...(danger ? { color: 'red' } : {})}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
