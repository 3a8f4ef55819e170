import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, unwrap } from '@/shared/api/client'

export const installationQuery = queryOptions({
  queryKey: ['installation'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/installation', { signal })),
  staleTime: 60_000,
})

/** What the server says of itself to strangers; nothing until it has. */
export function useInstallation() {
  return useQuery(installationQuery).data
}
