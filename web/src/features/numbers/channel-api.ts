import { api, done, unwrap } from '@/shared/api/client'
import type { components } from '@/shared/api/schema'
import { useChange } from './api'

export function useChangeChannel(id: string) {
  return useChange((body: components['schemas']['ChannelChange']) =>
    unwrap(api.PATCH('/api/v1/channels/{channel_id}', { ...at(id), body })),
  )
}

export function useReplaceSecret(id: string) {
  return useChange((app_secret: string) =>
    unwrap(
      api.PUT('/api/v1/channels/{channel_id}/app-secret', { ...at(id), body: { app_secret } }),
    ),
  )
}

export function useForgetSecret(id: string) {
  return useChange(() =>
    done(api.DELETE('/api/v1/channels/{channel_id}/previous-app-secret', at(id))),
  )
}

function at(id: string) {
  return { params: { path: { channel_id: id } } }
}
