import { Alert, Button, Group, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NewPassword } from '@/shared/forms/new-password'
import { Heading } from '../heading'
import { focusFirst } from './focus-first'
import { ownerProblems, type Founding, type Problems } from './founding'
import { Steps } from './steps'

interface OwnerStepProps {
  founding: Founding
  refused: Problems
  /** What is wrong with none of the fields. */
  trouble: string | undefined
  isPending: boolean
  onChange: (change: Partial<Founding>) => void
  onBack: () => void
  onDone: () => void
}

export function OwnerStep({
  founding,
  refused,
  trouble,
  isPending,
  onChange,
  onBack,
  onDone,
}: OwnerStepProps) {
  const { t } = useTranslation()
  const [problems, setProblems] = useState<Problems>({})
  const errors = { ...refused, ...problems }

  function change(changes: Partial<Founding>): void {
    onChange(changes)
    setProblems({})
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const found = ownerProblems(founding, t)
        setProblems(found)
        if (!focusFirst(event.currentTarget, found)) onDone()
      }}
    >
      <Steps at={2} of={2} />
      <Heading title={t('setup.ownerTitle')} arrived>
        {t('setup.ownerText')}
      </Heading>
      <Stack gap="md">
        {trouble && (
          <Alert role="alert" color="red" variant="light" py="xs">
            {trouble}
          </Alert>
        )}
        <TextInput
          name="full_name"
          size="md"
          label={t('setup.fullName')}
          autoComplete="name"
          maxLength={255}
          value={founding.full_name}
          error={errors.full_name}
          onChange={(event) => change({ full_name: event.currentTarget.value })}
        />
        <TextInput
          name="email"
          type="email"
          size="md"
          label={t('signIn.email')}
          autoComplete="username"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={255}
          value={founding.email}
          error={errors.email}
          onChange={(event) => change({ email: event.currentTarget.value })}
        />
        <NewPassword
          label={t('setup.password')}
          email={founding.email}
          value={founding.password}
          error={errors.password}
          onChange={(password) => change({ password })}
        />
        <Group grow mt="xs">
          <Button variant="default" size="md" disabled={isPending} onClick={onBack}>
            {t('setup.back')}
          </Button>
          <Button type="submit" size="md" loading={isPending}>
            {t('setup.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
