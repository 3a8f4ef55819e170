import { queryOptions } from '@tanstack/react-query'
import { api, unwrap } from '@/shared/api/client'
import type { components } from '@/shared/api/schema'

export type MediaLimits = components['schemas']['MediaLimits']
export type MediaKind = components['schemas']['Kind']

/** What WhatsApp takes, as the server says: asked once, when the first file is chosen. */
export const limitsQuery = queryOptions({
  queryKey: ['media-limits'],
  queryFn: ({ signal }) => unwrap(api.GET('/api/v1/media/limits', { signal })),
  staleTime: Infinity,
})
