import { useQuery } from '@tanstack/react-query'
import { api, unwrap } from '@/shared/api/client'
import { teamKeys } from './keys'

/** What roles and presets bring: the same for everybody, and new only with a new version. */
export function usePermissionTable() {
  return useQuery({
    queryKey: teamKeys.permissions,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/permissions', { signal })),
    staleTime: Infinity,
  })
}

/** What the organization may have, and has. */
export function useUsage() {
  return useQuery({
    queryKey: teamKeys.usage,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/organization/usage', { signal })),
    select: ({ limits }) => limits,
  })
}

export function useNumbers() {
  return useQuery({
    queryKey: teamKeys.numbers,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/whatsapp-numbers', { signal })),
    select: ({ items }) => items,
  })
}
