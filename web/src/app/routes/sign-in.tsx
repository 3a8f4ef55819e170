import { Alert } from '@mantine/core'
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useInstallation } from '@/features/auth/installation'
import { NotSetUp } from '@/features/auth/setup/not-set-up'
import { SignInForm } from '@/features/auth/sign-in-form'
import { DoorPage } from './door-page'

export function SignInPage() {
  const { t } = useTranslation()
  const { next, expired } = useSearch({ from: '/sign-in' })
  const navigate = useNavigate()
  const router = useRouter()
  const isEmpty = useInstallation()?.is_set_up === false

  function enter() {
    if (next) router.history.push(next)
    else void navigate({ to: '/conversations' })
  }

  const notice = expired && (
    <Alert role="status" color="honey" variant="light" mb="md" py="xs">
      {t('signIn.expired')}
    </Alert>
  )
  return (
    <DoorPage>
      {isEmpty ? <NotSetUp /> : <SignInForm onSignedIn={enter} notice={notice} />}
    </DoorPage>
  )
}
