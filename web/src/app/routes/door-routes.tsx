import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { keepLinkToken } from '@/features/auth/links/link-token'
import { session } from '@/shared/api/session'
import { root } from './roots'

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
  component: lazyRouteComponent(() => import('./sign-in'), 'SignInPage'),
})

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('./link-pages'), 'ForgotPasswordPage'),
})

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  beforeLoad: ({ location }) => {
    if (holds(location)) throw redirect({ to: '/reset-password', replace: true })
  },
  component: lazyRouteComponent(() => import('./link-pages'), 'ResetPasswordPage'),
})

const verifyEmail = createRoute({
  getParentRoute: () => root,
  path: '/verify-email',
  beforeLoad: ({ location }) => {
    if (holds(location)) throw redirect({ to: '/verify-email', replace: true })
  },
  component: lazyRouteComponent(() => import('./link-pages'), 'VerifyEmailPage'),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  beforeLoad: ({ location }) => {
    if (holds(location)) throw redirect({ to: '/invitation', replace: true })
  },
  component: lazyRouteComponent(() => import('./link-pages'), 'InvitationPage'),
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  beforeLoad: ({ location }) => {
    if (holds(location)) throw redirect({ to: '/setup', replace: true })
  },
  component: lazyRouteComponent(() => import('./link-pages'), 'SetupPage'),
})

const outbox = createRoute({
  getParentRoute: () => root,
  path: '/outbox',
  component: lazyRouteComponent(() => import('./outbox'), 'OutboxPage'),
})

/** The pages of people who are not signed in. */
export const doorRoutes = [
  signIn,
  forgotPassword,
  resetPassword,
  verifyEmail,
  invitation,
  setup,
  outbox,
] as const

/** Takes the token of a link out of the address, before anything is shown. False when there is none. */
function holds({ pathname, hash }: { pathname: string; hash: string }): boolean {
  if (hash === '') return false
  keepLinkToken(pathname, hash)
  return true
}

/** Only a path of this application: a sign-in link must not be able to send anyone elsewhere. */
function localPath(value: unknown): string | undefined {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : undefined
}
