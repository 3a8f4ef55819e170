import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedIn } from './roots'

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
  component: lazyRouteComponent(() => import('./conversations'), 'ConversationsRoute'),
})

const conversation = createRoute({
  getParentRoute: () => conversations,
  path: '$conversationId',
})

export const conversationRoutes = conversations.addChildren([conversation])
