import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, unwrap } from '@/shared/api/client'
import type { Conversation, Filter } from '../types'
import { searchConversations } from './search'

const SHORTEST = 2
const PAUSE = 200
const MOST = 50

interface Search {
  found: Conversation[]
  /** The server has not said yet whom else it knows. */
  searching: boolean
}

/** What fits among the loaded at once, and behind it whom else the server finds by name, phone or address. */
export function useSearch(filter: Filter, loaded: Conversation[], query: string): Search {
  const wanted = query.trim()
  const asks = wanted.length >= SHORTEST
  const [sought] = useDebouncedValue(wanted, PAUSE)
  const { data, isFetching, isPlaceholderData } = useQuery({
    queryKey: ['conversation-search', filter, sought],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/conversations', {
          params: { query: { status: filter, q: sought, limit: MOST } },
          signal,
        }),
      ),
    enabled: asks && sought.length >= SHORTEST,
    placeholderData: keepPreviousData,
  })
  const here = searchConversations(loaded, wanted)
  if (!asks) return { found: here, searching: false }

  const known = new Set(loaded.map(({ id }) => id))
  const others = (data?.items ?? []).filter(({ id }) => !known.has(id))
  const isStale = isPlaceholderData || sought !== wanted
  const elsewhere = isStale ? searchConversations(others, wanted) : others
  const byPhoneOrAddress = isStale
    ? []
    : loaded.filter((one) => !here.includes(one) && data?.items.some(({ id }) => id === one.id))
  return {
    found: [...here, ...byPhoneOrAddress, ...elsewhere],
    searching: isFetching || sought !== wanted,
  }
}
