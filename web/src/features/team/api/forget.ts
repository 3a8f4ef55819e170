import type { QueryClient, QueryKey } from '@tanstack/react-query'

/** Ask again for what may have changed. Nobody waits for it: what was done is done. */
export function forget(queries: QueryClient, ...keys: QueryKey[]): void {
  for (const queryKey of keys) void queries.invalidateQueries({ queryKey })
}
