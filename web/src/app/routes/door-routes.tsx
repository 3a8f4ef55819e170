import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { session } from '@/shared/api/session'
import { root } from './roots'

interface SignInSearch {
  next?: string | undefined
  expired?: true | undefined
}

export const signIn = createRoute({
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
  component: lazyRouteComponent(() => import('./sign-in'), 'SignInPage'),
})

/** Only a path of this application: a sign-in link must not be able to send anyone elsewhere. */
function localPath(value: unknown): string | undefined {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : undefined
}
