import { QueryClient } from '@tanstack/react-query'
import { ApiError, isAway } from './errors'

const RETRIES = 2

/** Asking again cannot change the server's mind, except about being busy or away. */
function worthRetrying(failures: number, error: Error): boolean {
  if (failures >= RETRIES) return false
  return !(error instanceof ApiError) || isAway(error)
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 30_000, retry: worthRetrying, refetchOnWindowFocus: false },
    },
  })
}
