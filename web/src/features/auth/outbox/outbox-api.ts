import { useQuery } from '@tanstack/react-query'
import { api, unwrap } from '@/shared/api/client'
import type { components } from '@/shared/api/schema'

export type Letter = components['schemas']['LetterRead']

const LOOK_AGAIN = 4_000

/** The newest letters. Nobody tells this page of news: it asks. */
export function useOutbox() {
  return useQuery({
    queryKey: ['outbox'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/outbox', { signal })),
    refetchInterval: (query) => (query.state.error ? false : LOOK_AGAIN),
    refetchOnWindowFocus: true,
    select: (list) => list.items,
  })
}
