import type { QueryClient } from '@tanstack/react-query'
import { createRoute, createRouter, redirect } from '@tanstack/react-router'
import { Crash } from './crash'
import { conversationRoutes } from './routes/conversations-routes'
import { doorRoutes } from './routes/door-routes'
import { numberRoutes } from './routes/numbers-routes'
import { platformRoutes } from './routes/platform-routes'
import { changeEmail, profileRoutes } from './routes/profile-routes'
import { root, signedIn } from './routes/roots'
import { settingsRoutes } from './routes/settings-routes'
import { teamRoutes } from './routes/team-routes'
import { templatesRoutes } from './routes/templates-routes'

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/conversations' })
  },
})

export function createAppRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([
      home,
      // For strangers.
      ...doorRoutes,
      changeEmail,
      // For whoever is signed in.
      signedIn.addChildren([
        conversationRoutes,
        ...teamRoutes,
        ...templatesRoutes,
        ...numberRoutes,
        ...settingsRoutes,
        ...platformRoutes,
        profileRoutes,
      ]),
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
