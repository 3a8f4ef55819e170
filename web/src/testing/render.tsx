import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { I18nextProvider } from 'react-i18next'
import { currentUserQuery } from '@/shared/api/current-user'
import { i18n } from '@/shared/i18n/i18n'
import { cssVariables, theme } from '@/shared/theme/theme'
import { ConfirmDialog } from '@/shared/ui/confirm'
import { aUser } from './factories'

export function aQueryClient(): QueryClient {
  const queries = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Infinity } },
  })
  queries.setQueryData(currentUserQuery.queryKey, aUser())
  return queries
}

/** What every component may count on: words, theme, queries of a signed-in user, and links that lead somewhere. */
export function renderPage(page: ReactNode, queries = aQueryClient()) {
  const root = createRootRoute()
  const routes = [
    '/',
    '/sign-in',
    '/forgot-password',
    '/conversations',
    '/conversations/$conversationId',
  ].map((path) => createRoute({ getParentRoute: () => root, path, component: () => page }))
  const router = createRouter({
    routeTree: root.addChildren(routes),
    history: createMemoryHistory({ initialEntries: ['/conversations'] }),
  })

  const view = render(
    <I18nextProvider i18n={i18n}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} env="test">
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
          <ConfirmDialog />
          <Notifications />
        </QueryClientProvider>
      </MantineProvider>
    </I18nextProvider>,
  )
  return { ...view, queries, router }
}
