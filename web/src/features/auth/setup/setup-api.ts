import { useMutation, useQuery } from '@tanstack/react-query'
import { api, unwrap } from '@/shared/api/client'
import type { components } from '@/shared/api/schema'

export type SetUp = components['schemas']['SetUp']

/** Whether the link still opens something. Looking uses nothing up. */
export function useSetupLink(token: string | undefined) {
  return useQuery({
    queryKey: ['setup-link', token],
    queryFn: ({ signal }) =>
      unwrap(api.POST('/api/v1/setup/look', { body: { token: token ?? '' }, signal })),
    enabled: token !== undefined,
    staleTime: Infinity,
    gcTime: 0,
  })
}

export function useSetUp() {
  return useMutation({
    mutationFn: (body: SetUp) => unwrap(api.POST('/api/v1/setup', { body })),
  })
}
