import { Button, SegmentedControl } from '@mantine/core'
import { IconMailForward, IconUserPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { DataList } from '@/shared/ui/data-list'
import { Failure } from '@/shared/ui/failure'
import { Notice } from '@/shared/ui/notice'
import { useInvitations } from '../api/invitations'
import { Seats } from '../people/seats'
import { TeamPage } from '../team-page'
import type { Invitation } from '../types'
import classes from './invitations.module.css'
import { InviteModal } from './invite-modal'
import { useInvitationColumns } from './use-invitation-columns'

export interface InvitationSearch {
  all?: true | undefined
  invite?: true | undefined
}

interface InvitationsPageProps {
  search: InvitationSearch
  onSearch: (search: InvitationSearch) => void
}

export function InvitationsPage({ search, onSearch }: InvitationsPageProps) {
  const { t } = useTranslation()
  const { all, invite } = search

  return (
    <TeamPage
      title={t('team.invitations')}
      subtitle={t('invitations.subtitle')}
      actions={<InviteButton onClick={() => onSearch({ all, invite: true })} />}
    >
      <div className={classes.tools}>
        <SegmentedControl
          size="sm"
          aria-label={t('invitations.show')}
          value={all ? 'all' : 'open'}
          onChange={(value) => onSearch({ all: value === 'all' ? true : undefined })}
          data={[
            { value: 'open', label: t('invitations.open') },
            { value: 'all', label: t('invitations.all') },
          ]}
        />
        <Seats />
      </div>
      <Invitations all={all ?? false} />
      <InviteModal opened={invite ?? false} onClose={() => onSearch({ all })} />
    </TeamPage>
  )
}

function Invitations({ all }: { all: boolean }) {
  const { t } = useTranslation()
  const { data: invitations, error, refetch } = useInvitations()
  const columns = useInvitationColumns()
  if (!invitations && error) return <Failure error={error} onRetry={() => void refetch()} />

  return (
    <DataList
      label={t('invitations.list')}
      items={all ? invitations : invitations?.filter(isOpen)}
      keyOf={({ id }) => id}
      columns={columns}
      empty={
        <Notice
          icon={<IconMailForward size={26} stroke={1.6} />}
          title={t(all ? 'invitations.emptyAllTitle' : 'invitations.emptyTitle')}
        >
          {t('invitations.emptyText')}
        </Notice>
      }
    />
  )
}

/** Somebody may still be waited for: one that has expired is worth sending again. */
function isOpen({ status }: Invitation): boolean {
  return status === 'pending' || status === 'expired'
}

function InviteButton({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation()
  return (
    <Button leftSection={<IconUserPlus size={18} stroke={1.8} />} onClick={onClick}>
      {t('people.invite')}
    </Button>
  )
}
