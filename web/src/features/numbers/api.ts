import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCan } from '@/shared/api/can'
import { api, done, unwrap } from '@/shared/api/client'
import { useLiveEvents } from '@/shared/api/live'
import type { components } from '@/shared/api/schema'
import { once, useIntent } from '@/shared/api/use-intent'

type Schemas = components['schemas']
export type WhatsAppNumber = Schemas['NumberDetail']
export type Channel = Schemas['ChannelRead']
export type ChannelMade = Schemas['ChannelMade']
export type Alert = Schemas['AlertRead']
export type Profile = Schemas['BusinessProfileRead']
export type NumberSeen = Schemas['NumberSeen']

export const ALL = ['whatsapp-numbers'] as const
const POLLED = 2000

export const numbersQuery = queryOptions({
  queryKey: [...ALL, 'details'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/whatsapp-numbers/details', { signal })),
})

export function useNumber(id: string, polled = false) {
  return useQuery({
    queryKey: [...ALL, 'one', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/whatsapp-numbers/{number_id}', { ...at(id), signal })),
    refetchInterval: polled && POLLED,
  })
}

/**
 * Whether somebody has written to the number since it was connected. When its app was last heard would not say:
 * other numbers may share the app.
 */
export function useFirstMessage({ id, last_synced_at, created_at }: WhatsAppNumber): boolean {
  const connected = wholeSeconds(last_synced_at ?? created_at)
  const { data } = useQuery({
    queryKey: [...ALL, 'first-message', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/conversations', { params: { query: { limit: 20 } }, signal })),
    select: ({ items }) =>
      items.some(
        ({ whatsapp_number: number, last_message_at: at }) =>
          number?.id === id && wholeSeconds(at) >= connected,
      ),
    refetchInterval: POLLED,
  })
  return data ?? false
}

/** Phones count no smaller. */
function wholeSeconds(at: string): number {
  return Math.floor(Date.parse(at) / 1000)
}

export const channelsQuery = queryOptions({
  queryKey: [...ALL, 'channels'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/channels', { signal })),
})

/** Asked again and again until Meta has found the webhook. */
export function useChannel(id: string) {
  return useQuery({
    queryKey: [...ALL, 'channels', id],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/channels/{channel_id}', { params: { path: { channel_id: id } }, signal }),
      ),
    refetchInterval: ({ state }) => !state.data?.webhook_verified_at && POLLED,
  })
}

export function useAlerts() {
  const can = useCan()
  return useQuery({
    queryKey: [...ALL, 'alerts'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/alerts', { signal })),
    select: ({ items }) => items,
    enabled: can('numbers.read'),
    refetchInterval: 60_000,
  })
}

export function useProfile(id: string) {
  return useQuery({
    queryKey: [...ALL, 'profile', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/whatsapp-numbers/{number_id}/profile', { ...at(id), signal })),
  })
}

/** What happens to numbers is seen without asking. */
export function useLiveNumbers(): void {
  const queries = useQueryClient()
  function forget(): void {
    void queries.invalidateQueries({ queryKey: ALL })
  }
  useLiveEvents({
    onEvents: (events) => {
      if (events.some(({ type }) => /^(alert|number)\./.test(type))) forget()
    },
    onGap: forget,
  })
}

/** A change of numbers, after which all that is known of them is asked for anew. */
export function useChange<Made, Given = void>(change: (given: Given) => Promise<Made>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () => queries.invalidateQueries({ queryKey: ALL }),
    // What was given or answered may hold secrets.
    gcTime: 0,
  })
}

/** One that makes or sends something: it is done once, however often it is asked for. */
export function useOnce<Made, Given = void>(send: (given: Given, key: string) => Promise<Made>) {
  return useChange(useIntent(send))
}

export function useCreateChannel() {
  return useOnce((body: Schemas['ChannelCreate'], key) =>
    unwrap(api.POST('/api/v1/channels', { body, params: once(key) })),
  )
}

export function useRenewVerifyToken() {
  return useOnce((id: string, key) =>
    unwrap(
      api.POST('/api/v1/channels/{channel_id}/verify-token', {
        params: { path: { channel_id: id }, ...once(key) },
      }),
    ),
  )
}

export function useLookUp() {
  return useMutation({
    mutationFn: (body: Schemas['AccountLook']) =>
      unwrap(api.POST('/api/v1/whatsapp-numbers/lookup', { body })),
    gcTime: 0,
  })
}

export function useConnect() {
  return useOnce((body: Schemas['NumberConnect'], key) =>
    unwrap(api.POST('/api/v1/whatsapp-numbers', { body, params: once(key) })),
  )
}

export function useMakeDefault(id: string) {
  return useChange(() =>
    unwrap(
      api.PATCH('/api/v1/whatsapp-numbers/{number_id}', { ...at(id), body: { is_default: true } }),
    ),
  )
}

export function useRefresh(id: string) {
  return useChange(() => unwrap(api.POST('/api/v1/whatsapp-numbers/{number_id}/refresh', at(id))))
}

export function useResume(id: string) {
  return useOnce<WhatsAppNumber>((_, key) =>
    unwrap(api.POST('/api/v1/whatsapp-numbers/{number_id}/resume', onceAt(id, key))),
  )
}

export function useReplaceToken(id: string) {
  return useChange((access_token: string) =>
    unwrap(
      api.PUT('/api/v1/whatsapp-numbers/{number_id}/access-token', {
        ...at(id),
        body: { access_token },
      }),
    ),
  )
}

export function useSaveProfile(id: string) {
  return useChange((body: Schemas['BusinessProfileChange']) =>
    unwrap(api.PATCH('/api/v1/whatsapp-numbers/{number_id}/profile', { ...at(id), body })),
  )
}

export function useDisconnect(id: string) {
  return useChange(() => done(api.DELETE('/api/v1/whatsapp-numbers/{number_id}', at(id))))
}

export function useDismiss() {
  return useChange((id: string) =>
    done(api.POST('/api/v1/alerts/{alert_id}/dismiss', { params: { path: { alert_id: id } } })),
  )
}

export function at(id: string) {
  return { params: { path: { number_id: id } } }
}

export function onceAt(id: string, key: string) {
  return { params: { ...at(id).params, ...once(key) } }
}
