import { Skeleton } from '@mantine/core'
import { useCurrentUser } from '@/shared/api/current-user'
import { AboutCard } from './about-card'
import { AvatarCard } from './avatar-card'
import { EmailCard } from './email-card'

export function You() {
  const user = useCurrentUser()

  if (!user) {
    return [150, 230, 130].map((height) => <Skeleton key={height} height={height} radius="lg" />)
  }
  return (
    <>
      <AvatarCard user={user} />
      <AboutCard user={user} />
      <EmailCard user={user} />
    </>
  )
}
