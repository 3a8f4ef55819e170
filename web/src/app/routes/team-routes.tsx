import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from './roots'

const roles = ['super_admin', 'org_admin', 'agent', 'viewer'] as const
const states = ['active', 'off'] as const
const sorts = ['name', '-name', 'role', '-role', 'last_seen_at', '-last_seen_at'] as const

interface PeopleSearch {
  q?: string | undefined
  role?: (typeof roles)[number] | undefined
  department?: string | undefined
  state?: (typeof states)[number] | undefined
  sort?: (typeof sorts)[number] | undefined
  /** Whose details are open. */
  person?: string | undefined
}

const people = createRoute({
  getParentRoute: () => signedIn,
  path: '/team',
  validateSearch: (search: Record<string, unknown>): PeopleSearch => ({
    // A number in an address is read as one.
    q: typeof search.q === 'number' ? String(search.q) : text(search.q),
    role: roles.find((role) => role === search.role),
    department: text(search.department),
    state: states.find((state) => state === search.state),
    sort: sorts.find((sort) => sort === search.sort),
    person: text(search.person),
  }),
  component: lazyRouteComponent(() => import('./team'), 'PeopleRoute'),
})

const invitations = createRoute({
  getParentRoute: () => signedIn,
  path: '/team/invitations',
  validateSearch: (search: Record<string, unknown>): { all?: true; invite?: true } => ({
    ...(search.all === true && { all: true }),
    ...(search.invite === true && { invite: true }),
  }),
  component: lazyRouteComponent(() => import('./team'), 'InvitationsRoute'),
})

const departments = createRoute({
  getParentRoute: () => signedIn,
  path: '/team/departments',
  validateSearch: (search: Record<string, unknown>): { create?: true } =>
    search.create === true ? { create: true } : {},
  component: lazyRouteComponent(() => import('./team'), 'DepartmentsRoute'),
})

const department = createRoute({
  getParentRoute: () => signedIn,
  path: '/team/departments/$id',
  component: lazyRouteComponent(() => import('./team'), 'DepartmentRoute'),
})

export const teamRoutes = [people, invitations, departments, department] as const

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
