import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readFilters } from '@/features/audit/filters'
import { signedIn } from './roots'

const organization = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/organization',
  component: lazyRouteComponent(
    () => import('@/features/organization/organization-page'),
    'OrganizationPage',
  ),
})

const apiKeys = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/api-keys',
  /** `new`: the page opens with the form for a new key. */
  validateSearch: (search: Record<string, unknown>): { new?: true | undefined } => ({
    new: search.new === true ? true : undefined,
  }),
  component: lazyRouteComponent(() => import('./api-keys'), 'ApiKeysRoute'),
})

const audit = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/audit',
  validateSearch: readFilters,
  component: lazyRouteComponent(() => import('./audit'), 'AuditRoute'),
})

export const settingsRoutes = [organization, apiKeys, audit] as const
