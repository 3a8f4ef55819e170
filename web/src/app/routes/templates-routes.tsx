import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readFilters, type Filters } from '@/features/templates/filters'
import { signedIn } from './roots'

const templates = createRoute({
  getParentRoute: () => signedIn,
  path: '/templates',
  /** `new`: the page opens with the form for a new template. */
  validateSearch: (search: Record<string, unknown>): Filters & { new?: true | undefined } => ({
    ...readFilters(search),
    new: search.new === true ? true : undefined,
  }),
  component: lazyRouteComponent(() => import('./templates'), 'TemplatesRoute'),
})

const template = createRoute({
  getParentRoute: () => signedIn,
  path: '/templates/$id',
  component: lazyRouteComponent(() => import('./templates'), 'TemplateRoute'),
})

export const templatesRoutes = [templates, template] as const
