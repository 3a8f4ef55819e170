import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, done, unwrap } from '@/shared/api/client'
import { currentUserQuery } from '@/shared/api/current-user'
import type { components } from '@/shared/api/schema'
import { signOut } from '@/shared/api/session'

export type Organization = components['schemas']['OrganizationDetail']
export type Usage = components['schemas']['UsageRead']
export type Use = components['schemas']['UseRead']
export type Month = components['schemas']['MonthRead']
export type Charge = components['schemas']['ChargeRead']
export type Limit = keyof Usage['limits']
export type OrganizationChange = components['schemas']['OrganizationChange']

/** Milliseconds. Messages and charges are counted some seconds after they were sent. */
const COUNTED_AGAIN = 10_000

export const organizationQuery = queryOptions({
  queryKey: ['organization'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/organization', { signal })),
})

export const usageQuery = queryOptions({
  queryKey: ['organization', 'usage'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/organization/usage', { signal })),
  refetchInterval: COUNTED_AGAIN,
})

export const chargesQuery = queryOptions({
  queryKey: ['organization', 'charges'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/organization/charges', { signal })),
  refetchInterval: COUNTED_AGAIN,
})

export function exportCharges(separator: 'comma' | 'semicolon') {
  return unwrap(
    api.GET('/api/v1/organization/charges/export', {
      params: { query: { separator } },
      parseAs: 'blob',
    }),
  )
}

export function useChangeOrganization() {
  const queries = useQueryClient()

  return useMutation({
    mutationFn: (body: OrganizationChange) => unwrap(api.PATCH('/api/v1/organization', { body })),
    onSuccess: (changed) => {
      queries.setQueryData(organizationQuery.queryKey, changed)
      // The shell shows its name, and every clock on the page goes by its time zone.
      void queries.invalidateQueries({ queryKey: currentUserQuery.queryKey })
      void queries.invalidateQueries({ queryKey: usageQuery.queryKey })
    },
  })
}

export function useDeleteOrganization() {
  return useMutation({
    mutationFn: (slug: string) =>
      done(api.DELETE('/api/v1/organization', { params: { query: { slug } } })),
    onSuccess: signOut,
  })
}
