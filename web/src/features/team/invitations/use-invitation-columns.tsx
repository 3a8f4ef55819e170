import { useTranslation } from 'react-i18next'
import { listTime, nearTime } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import { useTimeStyle } from '@/shared/format/use-time-style'
import type { DataColumn } from '@/shared/ui/data-list'
import { RoleBadge } from '../role-badge'
import type { Invitation } from '../types'
import { InvitationActions } from './invitation-actions'
import classes from './invitations.module.css'

export function useInvitationColumns(): DataColumn<Invitation>[] {
  const { t } = useTranslation()
  const now = useNow()
  const style = useTimeStyle()

  return [
    {
      key: 'who',
      label: t('invitations.who'),
      render: ({ full_name, email }) => (
        <span className={classes.who}>
          <span className={classes.name}>{full_name}</span>
          <span className={classes.faint}>{email}</span>
        </span>
      ),
    },
    {
      key: 'role',
      label: t('invitations.role'),
      render: ({ role }) => <RoleBadge role={role} />,
    },
    {
      key: 'status',
      label: t('invitations.status'),
      render: ({ status, expires_at }) => (
        <span className={classes.who}>
          <span className={classes.status} data-status={status}>
            {t(`invitations.states.${status}`)}
          </span>
          {status === 'pending' && (
            <span className={classes.faint}>
              {t('invitations.expires', { time: nearTime(new Date(expires_at), now, style) })}
            </span>
          )}
        </span>
      ),
    },
    {
      key: 'sent',
      label: t('invitations.sent'),
      render: ({ created_at }) => (
        <time className={classes.faint} dateTime={created_at}>
          {listTime(new Date(created_at), now, style)}
        </time>
      ),
    },
    {
      key: 'actions',
      label: t('app.actions'),
      actions: true,
      render: (invitation) => <InvitationActions invitation={invitation} />,
    },
  ]
}
