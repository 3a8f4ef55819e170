import { queryOptions, useQuery } from '@tanstack/react-query'
import { safeUrl } from '@/shared/format/safe-url'
import { api, unwrap } from './client'
import type { components } from './schema'

export type User = components['schemas']['UserRead']

/** Where an organization is when the server does not say. */
export const DEFAULT_ZONE = 'America/Sao_Paulo'

export const currentUserQuery = queryOptions({
  queryKey: ['current-user'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/auth/me', { signal })),
  staleTime: Infinity,
})

export function useCurrentUser(): User | undefined {
  return useQuery(currentUserQuery).data
}

/** The organization's time zone: everybody in a team reads the same clock. */
export function useZone(): string {
  const user = useCurrentUser()
  return user?.organization.timezone ?? DEFAULT_ZONE
}

/** Where the simulated phone lives, when this installation runs one and says so. */
export function useSimulatorUrl(): string | undefined {
  const user = useCurrentUser()
  return safeUrl(user?.simulator_url ?? undefined)
}
