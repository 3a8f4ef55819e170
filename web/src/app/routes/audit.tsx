import { useNavigate, useSearch } from '@tanstack/react-router'
import { AuditPage } from '@/features/audit/audit-page'

export function AuditRoute() {
  const filters = useSearch({ from: '/signed-in/settings/audit' })
  const navigate = useNavigate()

  return (
    <AuditPage
      filters={filters}
      onFilters={(wanted) => void navigate({ to: '.', search: wanted, replace: true })}
    />
  )
}
