import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { session } from '@/shared/api/session'
import { Crash } from './crash'
import { NotFound } from './not-found'

interface Context {
  queries: QueryClient
}

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  notFoundComponent: NotFound,
})

interface SignInSearch {
  next?: string | undefined
  expired?: true | undefined
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  // A key left out would fall back to what the address says.
  validateSearch: (search: Record<string, unknown>): SignInSearch => ({
    next: localPath(search.next),
    expired: search.expired === true ? true : undefined,
  }),
  beforeLoad: () => {
    if (session.getState().token) throw redirect({ to: '/conversations' })
  },
  component: lazyRouteComponent(() => import('./routes/sign-in'), 'SignInPage'),
})

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: ({ location }) => {
    if (!session.getState().token) {
      throw redirect({ to: '/sign-in', search: { next: location.href } })
    }
  },
  component: lazyRouteComponent(() => import('./routes/signed-in'), 'SignedIn'),
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/conversations' })
  },
})

export const filters = ['live', 'resolved', 'all'] as const

interface ConversationSearch {
  status?: 'resolved' | 'all' | undefined
}

const conversations = createRoute({
  getParentRoute: () => signedIn,
  path: '/conversations',
  validateSearch: (search: Record<string, unknown>): ConversationSearch => {
    const { status } = search
    return { status: status === 'resolved' || status === 'all' ? status : undefined }
  },
  component: lazyRouteComponent(() => import('./routes/conversations'), 'ConversationsRoute'),
})

const conversation = createRoute({
  getParentRoute: () => conversations,
  path: '$conversationId',
})

export function createAppRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([
      home,
      signIn,
      signedIn.addChildren([conversations.addChildren([conversation])]),
    ]),
    context: { queries },
    defaultErrorComponent: Crash,
    defaultPreload: 'intent',
    // Scrolling belongs to the panes.
    scrollRestoration: false,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}

/** Only a path of this application: a sign-in link must not be able to send anyone elsewhere. */
function localPath(value: unknown): string | undefined {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : undefined
}
