import { Button } from '@mantine/core'
import { IconMessageOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/shared/api/errors'
import { Failure } from '@/shared/ui/failure'
import { Notice } from '@/shared/ui/notice'
import { useConversation } from '../api'
import { Foot } from '../composer/foot'
import { useObstacle } from '../composer/use-obstacle'
import { titleOf, unnamed } from '../person'
import type { Conversation } from '../types'
import { MessageList } from './message-list'
import { ThreadHeader } from './thread-header'
import classes from './thread-pane.module.css'
import { ThreadSkeleton } from './thread-skeleton'

interface ThreadPaneProps {
  conversationId: string
  detailsShown: boolean
  onToggleDetails: () => void
}

export function ThreadPane({ conversationId, ...details }: ThreadPaneProps) {
  const { t } = useTranslation()
  const { data: conversation, error, refetch } = useConversation(conversationId)

  return (
    <section className={classes.pane} aria-label={t('thread.label')}>
      {conversation ? (
        <Open conversation={conversation} {...details} />
      ) : error ? (
        <Refused error={error} onRetry={() => void refetch()} />
      ) : (
        <>
          <div className={classes.headerPlace} />
          <ThreadSkeleton label={t('app.loading')} />
        </>
      )}
    </section>
  )
}

interface OpenProps extends Omit<ThreadPaneProps, 'conversationId'> {
  conversation: Conversation
}

function Open({ conversation, ...details }: OpenProps) {
  const { t } = useTranslation()
  const obstacle = useObstacle(conversation)
  const name = titleOf(conversation.contact) ?? t(unnamed(conversation.contact))
  return (
    <>
      <ThreadHeader conversation={conversation} {...details} />
      <MessageList
        conversationId={conversation.id}
        contactName={name}
        canReply={obstacle === undefined}
      />
      <Foot conversation={conversation} name={name} obstacle={obstacle} />
    </>
  )
}

function Refused({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation()
  // A conversation of another organization does not exist, and an id that is none is refused as invalid.
  const gone = error instanceof ApiError && [403, 404, 422].includes(error.status)
  if (!gone) return <Failure error={error} onRetry={onRetry} />

  return (
    <Notice
      icon={<IconMessageOff size={26} stroke={1.6} />}
      title={t('thread.goneTitle')}
      action={
        <Button component={Link} to="/conversations" variant="default">
          {t('app.goHome')}
        </Button>
      }
    >
      {t('thread.goneText')}
    </Notice>
  )
}
