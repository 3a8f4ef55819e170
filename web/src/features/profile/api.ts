import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, done, unwrap } from '@/shared/api/client'
import { currentUserQuery, type User } from '@/shared/api/current-user'
import type { components } from '@/shared/api/schema'

export type ProfileChange = components['schemas']['ProfileChange']
export type EmailChange = components['schemas']['EmailChange']

const emailChangeQuery = queryOptions({
  queryKey: ['profile', 'email-change'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/auth/email/change', { signal })),
})

/** What answers with the whole person is what every page knows of them from then on. */
function useKeepUser() {
  const queries = useQueryClient()
  return (user: User) => {
    queries.setQueryData(currentUserQuery.queryKey, user)
    // Lists of people show their names and faces, too.
    void queries.invalidateQueries({ queryKey: ['people'] })
  }
}

export function useSaveProfile() {
  const onSuccess = useKeepUser()
  return useMutation({
    mutationFn: (change: ProfileChange) => unwrap(api.PATCH('/api/v1/profile', { body: change })),
    onSuccess,
  })
}

export function useSetAvatar() {
  const onSuccess = useKeepUser()
  return useMutation({
    mutationFn: (picture: Blob) =>
      unwrap(
        api.PUT('/api/v1/profile/avatar', {
          // The description of the API knows bytes as a string only.
          body: '',
          bodySerializer: () => picture,
          headers: { 'Content-Type': 'image/jpeg' },
        }),
      ),
    onSuccess,
  })
}

export function useRemoveAvatar() {
  const onSuccess = useKeepUser()
  return useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/profile/avatar')),
    onSuccess,
  })
}

/** The new address that waits for its letter to be opened, if any. */
export function useEmailChange() {
  return useQuery(emailChangeQuery).data
}

export function useAskEmailChange() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: EmailChange) => done(api.POST('/api/v1/auth/email/change', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: emailChangeQuery.queryKey }),
  })
}

export function useWithdrawEmailChange() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => done(api.DELETE('/api/v1/auth/email/change')),
    onSettled: () => queries.invalidateQueries({ queryKey: emailChangeQuery.queryKey }),
  })
}

export function useAskVerification() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => done(api.POST('/api/v1/auth/email/verification')),
    // Perhaps it is verified by now, in another tab.
    onError: () => queries.invalidateQueries({ queryKey: currentUserQuery.queryKey }),
  })
}

/** What a link from a letter is for. Looking uses nothing up. */
export function useLink(token: string) {
  return useQuery({
    queryKey: ['link', token],
    queryFn: ({ signal }) =>
      unwrap(api.POST('/api/v1/auth/links/look', { body: { token }, signal })),
    retry: false,
    staleTime: Infinity,
  })
}

export function useConfirmEmailChange() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (token: string) =>
      unwrap(api.POST('/api/v1/auth/email/change/confirm', { body: { token } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: currentUserQuery.queryKey }),
  })
}
