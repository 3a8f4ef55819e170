import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { api, unwrap } from '@/shared/api/client'
import type { components } from '@/shared/api/schema'
import { asQuery, type AuditFilters } from './filters'

export type AuditRow = components['schemas']['AuditLogRead']
export type AuditPageRead = components['schemas']['AuditLogPage']
export type Verification = components['schemas']['VerificationRead']
export type Finding = components['schemas']['FindingRead']
export type Names = Readonly<Record<string, string>>

const ROWS = ['audit', 'rows'] as const
export const MOST_EXPORTED = 50_000

export function rowsQuery(filters: AuditFilters, zone: string) {
  return infiniteQueryOptions({
    queryKey: [...ROWS, filters, zone],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/audit-logs', {
          params: {
            query: {
              ...asQuery(filters, zone),
              limit: 50,
              ...(pageParam && { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: filters.row === undefined ? '' : String(filters.row + 1),
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    // What is done while one looks elsewhere must be there when one looks again.
    staleTime: 0,
  })
}

/** What the last look through the trail has shown. */
export const verificationQuery = queryOptions({
  queryKey: ['audit', 'verification'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/audit-logs/verification', { signal })),
})

export function useVerify() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/audit-logs/verification')),
    onSuccess: (found) => queries.setQueryData(verificationQuery.queryKey, found),
  })
}

export const peopleQuery = (wanted: string) =>
  queryOptions({
    queryKey: ['audit', 'people', wanted],
    queryFn: async ({ signal }) => {
      const query = { limit: 50, ...(wanted && { q: wanted }) }
      return (await unwrap(api.GET('/api/v1/people', { params: { query }, signal }))).items
    },
    placeholderData: keepPreviousData,
  })

export function exportRows(filters: AuditFilters, zone: string, separator: 'comma' | 'semicolon') {
  return unwrap(
    api.GET('/api/v1/audit-logs/export', {
      params: { query: { ...asQuery(filters, zone), separator } },
      parseAs: 'blob',
    }),
  )
}
