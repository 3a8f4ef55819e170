import { Drawer, VisuallyHidden } from '@mantine/core'
import { useDisclosure, useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { IconMessageCircle } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Logo } from '@/shared/ui/logo'
import { Notice } from '@/shared/ui/notice'
import { useConversation, useConversations } from './api'
import classes from './conversations-page.module.css'
import { DetailsPane } from './details/details-pane'
import { ConversationList } from './list/conversation-list'
import { useLiveConversations } from './live/use-live-conversations'
import { markSeen } from './seen'
import { ThreadPane } from './thread/thread-pane'
import type { Conversation, Filter } from './types'

interface ConversationsPageProps {
  conversationId: string | undefined
  filter: Filter
  onFilter: (filter: Filter) => void
}

export function ConversationsPage({ conversationId, filter, onFilter }: ConversationsPageProps) {
  const { t } = useTranslation()
  useLiveConversations()

  return (
    <div className={classes.page} data-reading={conversationId ? true : undefined}>
      <VisuallyHidden component="h1">{t('conversations.title')}</VisuallyHidden>
      <div className={classes.list}>
        <ConversationList filter={filter} onFilter={onFilter} />
      </div>
      {conversationId === undefined ? (
        <Nothing filter={filter} />
      ) : (
        <Reading key={conversationId} conversationId={conversationId} />
      )}
    </div>
  )
}

function Nothing({ filter }: { filter: Filter }) {
  const { t } = useTranslation()
  const { conversations } = useConversations(filter)

  return (
    <div className={classes.nothing}>
      {conversations && conversations.length > 0 ? (
        <Notice
          icon={<IconMessageCircle size={26} stroke={1.6} />}
          title={t('conversations.chooseTitle')}
        >
          {t('conversations.chooseText')}
        </Notice>
      ) : (
        <div className={classes.mark}>
          <Logo size={120} />
        </div>
      )}
    </div>
  )
}

/** A thread, with its details beside it where there is room and over it where there is none. */
function Reading({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation()
  const roomy = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false })
  const [pinned, setPinned] = useLocalStorage({
    key: 'pytake.details',
    defaultValue: true,
    getInitialValueInEffect: false,
  })
  const [over, { open, close }] = useDisclosure(false)
  const { data: conversation } = useConversation(conversationId)
  useMarkSeen(conversation)

  return (
    <>
      <ThreadPane
        conversationId={conversationId}
        detailsShown={roomy ? pinned : over}
        onToggleDetails={roomy ? () => setPinned(!pinned) : open}
      />
      {roomy && pinned && conversation && (
        <aside className={classes.details} aria-label={t('details.title')}>
          <DetailsPane conversationId={conversationId} onClose={() => setPinned(false)} />
        </aside>
      )}
      <Drawer.Root opened={over && !roomy} onClose={close} position="right" size={340}>
        <Drawer.Overlay />
        <Drawer.Content aria-label={t('details.title')}>
          <DetailsPane conversationId={conversationId} onClose={close} />
        </Drawer.Content>
      </Drawer.Root>
    </>
  )
}

/** What is open in a visible tab has been read. */
function useMarkSeen(conversation: Conversation | undefined): void {
  useEffect(() => {
    if (!conversation) return
    function mark() {
      if (conversation && !document.hidden) markSeen(conversation)
    }
    mark()
    document.addEventListener('visibilitychange', mark)
    return () => document.removeEventListener('visibilitychange', mark)
  }, [conversation])
}
