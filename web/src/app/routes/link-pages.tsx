import { useNavigate } from '@tanstack/react-router'
import { AcceptInvitation } from '@/features/auth/links/accept-invitation'
import { ForgotPassword } from '@/features/auth/links/forgot-password'
import { ResetPassword } from '@/features/auth/links/reset-password'
import { VerifyEmail } from '@/features/auth/links/verify-email'
import { SetupWizard } from '@/features/auth/setup/setup-wizard'
import { DoorPage } from './door-page'

export function ForgotPasswordPage() {
  return (
    <DoorPage>
      <ForgotPassword />
    </DoorPage>
  )
}

export function ResetPasswordPage() {
  return (
    <DoorPage>
      <ResetPassword onSignedIn={useGoIn()} />
    </DoorPage>
  )
}

export function VerifyEmailPage() {
  return (
    <DoorPage>
      <VerifyEmail />
    </DoorPage>
  )
}

export function InvitationPage() {
  return (
    <DoorPage>
      <AcceptInvitation onSignedIn={useGoIn()} />
    </DoorPage>
  )
}

export function SetupPage() {
  return (
    <DoorPage>
      <SetupWizard onGoOn={useGoIn()} />
    </DoorPage>
  )
}

function useGoIn(): () => void {
  const navigate = useNavigate()
  return () => void navigate({ to: '/conversations', replace: true })
}
