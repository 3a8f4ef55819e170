import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, done, unwrap } from '@/shared/api/client'
import type { components } from '@/shared/api/schema'

export type TwoFactorSetup = components['schemas']['TwoFactorSetupRead']

const twoFactorQuery = queryOptions({
  queryKey: ['profile', 'two-factor'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/auth/two-factor', { signal })),
})

export function useTwoFactor() {
  return useQuery(twoFactorQuery)
}

function useTwoFactorChanged() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: twoFactorQuery.queryKey })
}

export function useChangePassword() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: components['schemas']['PasswordChange']) =>
      done(api.POST('/api/v1/auth/password', { body })),
    // The other devices are signed out, and a new address that waited is not waited for any more.
    onSuccess: () => queries.invalidateQueries({ queryKey: ['profile'] }),
  })
}

/** A secret, told once; nothing is asked for at sign-in until a code of it was confirmed. */
export function useSetUpTwoFactor() {
  return useMutation({
    mutationFn: (password: string) =>
      unwrap(api.POST('/api/v1/auth/two-factor/setup', { body: { password } })),
    gcTime: 0,
  })
}

export function useConfirmTwoFactor() {
  const onSuccess = useTwoFactorChanged()
  return useMutation({
    mutationFn: (code: string) =>
      unwrap(api.POST('/api/v1/auth/two-factor/confirm', { body: { code } })),
    onSuccess,
    gcTime: 0,
  })
}

export function useRenewRecoveryCodes() {
  const onSuccess = useTwoFactorChanged()
  return useMutation({
    mutationFn: (code: string) =>
      unwrap(api.POST('/api/v1/auth/two-factor/recovery-codes', { body: { code } })),
    onSuccess,
    gcTime: 0,
  })
}

export function useSwitchTwoFactorOff() {
  const onSuccess = useTwoFactorChanged()
  return useMutation({
    mutationFn: (body: components['schemas']['TwoFactorOff']) =>
      done(api.POST('/api/v1/auth/two-factor/disable', { body })),
    onSuccess,
  })
}
