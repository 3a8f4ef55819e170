import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, done, unwrap } from '@/shared/api/client'
import type { components } from '@/shared/api/schema'

export type Device = components['schemas']['SessionRead']

const devicesQuery = queryOptions({
  queryKey: ['profile', 'devices'],
  queryFn: async ({ signal }) => {
    const { items } = await unwrap(api.GET('/api/v1/auth/sessions', { signal }))
    return items
  },
  // Somebody who looks wants to know who is in now.
  staleTime: 0,
})

export function useDevices() {
  return useQuery(devicesQuery)
}

function useDevicesChanged() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: devicesQuery.queryKey })
}

export function useEndDevice() {
  const onSettled = useDevicesChanged()
  return useMutation({
    mutationFn: (id: string) =>
      done(
        api.DELETE('/api/v1/auth/sessions/{session_id}', { params: { path: { session_id: id } } }),
      ),
    onSettled,
  })
}

export function useEndOtherDevices() {
  const onSettled = useDevicesChanged()
  return useMutation({
    mutationFn: () => done(api.DELETE('/api/v1/auth/sessions')),
    onSettled,
  })
}

export function useSignOutEverywhere() {
  return useMutation({ mutationFn: () => done(api.POST('/api/v1/auth/logout-everywhere')) })
}
