import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { ConversationsPage } from '@/features/conversations/conversations-page'

export function ConversationsRoute() {
  const { conversationId } = useParams({ strict: false })
  const { status = 'live' } = useSearch({ from: '/signed-in/conversations' })
  const navigate = useNavigate()

  return (
    <ConversationsPage
      conversationId={conversationId}
      filter={status}
      onFilter={(filter) =>
        void navigate({ to: '.', search: filter === 'live' ? {} : { status: filter } })
      }
    />
  )
}
