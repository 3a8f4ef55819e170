import { useMutation, useQuery } from '@tanstack/react-query'
import { api, done, unwrap } from '@/shared/api/client'
import type { components } from '@/shared/api/schema'

export type Link = components['schemas']['LinkRead']
type PasswordReset = components['schemas']['PasswordReset']
type InvitationAccept = components['schemas']['InvitationAccept']

/** What a link is for. Looking uses nothing up. */
export function useLink(token: string | undefined) {
  return useQuery({
    queryKey: ['link', token],
    queryFn: ({ signal }) =>
      unwrap(api.POST('/api/v1/auth/links/look', { body: { token: token ?? '' }, signal })),
    enabled: token !== undefined,
    staleTime: Infinity,
    gcTime: 0,
  })
}

export function useForgotPassword() {
  return useMutation({
    mutationFn: (email: string) =>
      done(api.POST('/api/v1/auth/password/forgot', { body: { email } })),
  })
}

export function useResetPassword() {
  return useMutation({
    mutationFn: (body: PasswordReset) => unwrap(api.POST('/api/v1/auth/password/reset', { body })),
  })
}

export function useVerifyEmail() {
  return useMutation({
    mutationFn: (token: string) => done(api.POST('/api/v1/auth/email/verify', { body: { token } })),
  })
}

export function useAcceptInvitation() {
  return useMutation({
    mutationFn: (body: InvitationAccept) =>
      unwrap(api.POST('/api/v1/invitations/accept', { body })),
  })
}
