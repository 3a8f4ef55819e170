import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, unwrap } from '@/shared/api/client'
import { currentUserQuery } from '@/shared/api/current-user'
import type { components } from '@/shared/api/schema'
import { openSession } from '@/shared/api/session'

export type Credentials = components['schemas']['SignIn']

export function useSignIn() {
  const queries = useQueryClient()

  return useMutation({
    mutationFn: (credentials: Credentials) =>
      unwrap(api.POST('/api/v1/auth/login', { body: credentials })),
    onSuccess: ({ access_token, user }) => {
      // Nothing that another person saw on this tab may be left.
      queries.clear()
      queries.setQueryData(currentUserQuery.queryKey, user)
      openSession(access_token)
    },
  })
}
