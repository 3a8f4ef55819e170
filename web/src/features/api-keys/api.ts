import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, done, unwrap } from '@/shared/api/client'
import type { components } from '@/shared/api/schema'

export type ApiKey = components['schemas']['ApiKeyRead']
export type ApiKeyMade = components['schemas']['ApiKeyMade']
export type ApiKeyCreate = components['schemas']['ApiKeyCreate']

const ALL = ['api-keys'] as const

export const apiKeysQuery = infiniteQueryOptions({
  queryKey: ALL,
  queryFn: ({ pageParam, signal }) =>
    unwrap(
      api.GET('/api/v1/api-keys', {
        params: { query: { limit: 100, ...(pageParam && { cursor: pageParam }) } },
        signal,
      }),
    ),
  initialPageParam: '',
  getNextPageParam: (page) => page.next,
})

export function useCreateKey() {
  const queries = useQueryClient()

  return useMutation({
    mutationFn: ({ body, request }: { body: ApiKeyCreate; request: string }) =>
      unwrap(
        api.POST('/api/v1/api-keys', {
          body,
          params: { header: { 'Idempotency-Key': request } },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ALL }),
    // The answer holds the key itself.
    gcTime: 0,
  })
}

export function useRenameKey() {
  const queries = useQueryClient()

  return useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) =>
      unwrap(
        api.PATCH('/api/v1/api-keys/{key_id}', {
          params: { path: { key_id: id } },
          body: { name },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ALL }),
  })
}

export function useRevokeKey() {
  const queries = useQueryClient()

  return useMutation({
    mutationFn: (id: string) =>
      done(api.DELETE('/api/v1/api-keys/{key_id}', { params: { path: { key_id: id } } })),
    // Also when it failed: somebody else may have been quicker.
    onSettled: () => queries.invalidateQueries({ queryKey: ALL }),
  })
}
