import { useCurrentUser } from '@/shared/api/current-user'
import { PasswordCard } from './password-card'
import { TwoFactorCard } from './two-factor-card'

export function Security() {
  const email = useCurrentUser()?.email ?? ''

  return (
    <>
      <PasswordCard email={email} />
      <TwoFactorCard email={email} />
    </>
  )
}
