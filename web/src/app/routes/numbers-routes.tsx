import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from './roots'

const numbers = createRoute({
  getParentRoute: () => signedIn,
  path: '/numbers',
  component: lazyRouteComponent(() => import('@/features/numbers/numbers-page'), 'NumbersPage'),
})

const connect = createRoute({
  getParentRoute: () => signedIn,
  path: '/numbers/connect',
  component: lazyRouteComponent(() => import('./numbers'), 'ConnectRoute'),
})

const number = createRoute({
  getParentRoute: () => signedIn,
  path: '/numbers/$id',
  component: lazyRouteComponent(() => import('./numbers'), 'NumberRoute'),
})

export const numberRoutes = [numbers, connect, number] as const
