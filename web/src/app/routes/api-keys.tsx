import { useNavigate, useSearch } from '@tanstack/react-router'
import { ApiKeysPage } from '@/features/api-keys/api-keys-page'

export function ApiKeysRoute() {
  const { new: creating = false } = useSearch({ from: '/signed-in/settings/api-keys' })
  const navigate = useNavigate()

  return (
    <ApiKeysPage
      creating={creating}
      onCreating={(open) => void navigate({ to: '.', search: open ? { new: true } : {} })}
    />
  )
}
