import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { root, signedIn } from './roots'

const profile = createRoute({
  getParentRoute: () => signedIn,
  path: '/profile',
  component: lazyRouteComponent(() => import('./profile'), 'ProfileRoute'),
})

const you = createRoute({
  getParentRoute: () => profile,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/profile/you/you'), 'You'),
})

const security = createRoute({
  getParentRoute: () => profile,
  path: 'security',
  component: lazyRouteComponent(() => import('@/features/profile/security/security'), 'Security'),
})

const devices = createRoute({
  getParentRoute: () => profile,
  path: 'devices',
  component: lazyRouteComponent(() => import('@/features/profile/devices/devices'), 'Devices'),
})

const appearance = createRoute({
  getParentRoute: () => profile,
  path: 'appearance',
  component: lazyRouteComponent(
    () => import('@/features/profile/appearance/appearance'),
    'Appearance',
  ),
})

export const profileRoutes = profile.addChildren([you, security, devices, appearance])

/** Where the letter to a new address leads, whoever is signed in. */
export const changeEmail = createRoute({
  getParentRoute: () => root,
  path: '/change-email',
  component: lazyRouteComponent(() => import('./change-email'), 'ChangeEmailRoute'),
})
