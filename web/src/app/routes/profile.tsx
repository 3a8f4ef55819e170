import { Outlet } from '@tanstack/react-router'
import { ProfilePage } from '@/features/profile/profile-page'

export function ProfileRoute() {
  return (
    <ProfilePage>
      <Outlet />
    </ProfilePage>
  )
}
