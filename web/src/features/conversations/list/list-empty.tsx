import { Button } from '@mantine/core'
import {
  IconArchive,
  IconDeviceMobile,
  IconMessages,
  IconSearch,
  IconSun,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSimulatorUrl } from '@/shared/api/current-user'
import { Notice } from '@/shared/ui/notice'
import { useConversations } from '../api'
import type { Filter } from '../types'

const ICON = { size: 26, stroke: 1.6 } as const

export function NoMatch({ query }: { query: string }) {
  const { t } = useTranslation()
  return (
    <Notice icon={<IconSearch {...ICON} />} title={t('conversations.noMatchTitle')}>
      {t('conversations.noMatchText', { query })}
    </Notice>
  )
}

export function ListEmpty({ filter }: { filter: Filter }) {
  switch (filter) {
    case 'all':
      return <FirstTime />
    case 'live':
      return <NothingOpen />
    case 'resolved':
      return <NothingResolved />
  }
}

function NothingResolved() {
  const { t } = useTranslation()
  return (
    <Notice icon={<IconArchive {...ICON} />} title={t('conversations.emptyResolvedTitle')}>
      {t('conversations.emptyResolvedText')}
    </Notice>
  )
}

/** All answered, or nobody wrote yet: only the list of everything can tell. */
function NothingOpen() {
  const { t } = useTranslation()
  const { conversations: everything } = useConversations('all')
  if (!everything) return null
  if (everything.length === 0) return <FirstTime />

  return (
    <Notice
      icon={<IconSun {...ICON} />}
      title={t('conversations.emptyLiveTitle')}
      action={
        <Button
          variant="default"
          renderRoot={(props) => <Link {...props} to="/conversations" search={{ status: 'all' }} />}
        >
          {t('conversations.seeAll')}
        </Button>
      }
    >
      {t('conversations.emptyLiveText')}
    </Notice>
  )
}

function FirstTime() {
  const { t } = useTranslation()
  const simulator = useSimulatorUrl()

  return (
    <Notice
      icon={<IconMessages {...ICON} />}
      title={t('conversations.emptyTitle')}
      action={
        simulator && (
          <Button
            component="a"
            href={simulator}
            target="_blank"
            rel="noopener"
            leftSection={<IconDeviceMobile size={18} stroke={1.7} />}
          >
            {t('conversations.openSimulator')}
          </Button>
        )
      }
    >
      {simulator ? t('conversations.emptySimulator') : t('conversations.emptyText')}
    </Notice>
  )
}
