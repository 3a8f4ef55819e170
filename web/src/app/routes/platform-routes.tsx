import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from './roots'

const states = ['active', 'suspended', 'deleted'] as const

interface OrganizationsSearch {
  q?: string | undefined
  state?: (typeof states)[number] | undefined
}

const organizations = createRoute({
  getParentRoute: () => signedIn,
  path: '/platform/organizations',
  validateSearch: (search: Record<string, unknown>): OrganizationsSearch => ({
    // A number in an address is read as one.
    q: typeof search.q === 'string' || typeof search.q === 'number' ? String(search.q) : undefined,
    state: states.find((state) => state === search.state),
  }),
  component: lazyRouteComponent(() => import('./platform'), 'OrganizationsRoute'),
})

const newOrganization = createRoute({
  getParentRoute: () => signedIn,
  path: '/platform/organizations/new',
  component: lazyRouteComponent(() => import('./platform'), 'NewOrganizationRoute'),
})

const organization = createRoute({
  getParentRoute: () => signedIn,
  path: '/platform/organizations/$organizationId',
  component: lazyRouteComponent(() => import('./platform'), 'OrganizationRoute'),
})

export const platformRoutes = [organizations, newOrganization, organization] as const
