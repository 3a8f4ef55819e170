import type { UseMutationResult } from '@tanstack/react-query'
import { QueryClientProvider } from '@tanstack/react-query'
import { renderHook } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { aQueryClient } from './render'
import { server } from './server'

/**
 * The keys under which something is asked for three times: the first answer is lost, the second comes, and then the
 * same is meant once more.
 */
export async function keysOfThreeTries<Given>(
  path: string,
  useMade: () => UseMutationResult<unknown, Error, Given>,
  given: NoInfer<Given>,
): Promise<(string | null)[]> {
  const keys: (string | null)[] = []
  server.use(
    http.post(`*${path}`, ({ request }) => {
      keys.push(request.headers.get('Idempotency-Key'))
      return keys.length === 1
        ? HttpResponse.error()
        : HttpResponse.json({ id: 'made' }, { status: 201 })
    }),
  )
  const queries = aQueryClient()
  const { result } = renderHook(useMade, {
    wrapper: ({ children }) => (
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    ),
  })
  await result.current.mutateAsync(given).catch(() => undefined)
  await result.current.mutateAsync(given)
  await result.current.mutateAsync(given)
  return keys
}
