import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, done, unwrap } from '@/shared/api/client'
import { once, useIntent } from '@/shared/api/use-intent'
import type { Invite } from '../types'
import { forget } from './forget'
import { teamKeys } from './keys'

export function useInvitations() {
  return useQuery({
    queryKey: teamKeys.invitations,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/invitations', { signal })),
    select: ({ items }) => items,
  })
}

/** A second invitation to the same address replaces the first. */
export function useInvite() {
  const queries = useQueryClient()
  const invite = useIntent((body: Invite, key) =>
    unwrap(api.POST('/api/v1/invitations', { body, params: once(key) })),
  )
  return useMutation({
    mutationFn: invite,
    onSuccess: () => forget(queries, teamKeys.invitations),
  })
}

export function useWithdraw() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      done(
        api.DELETE('/api/v1/invitations/{invitation_id}', {
          params: { path: { invitation_id: id } },
        }),
      ),
    onSettled: () => forget(queries, teamKeys.invitations),
  })
}
