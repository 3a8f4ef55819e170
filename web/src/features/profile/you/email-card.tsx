import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { User } from '@/shared/api/current-user'
import { useErrorText } from '@/shared/api/use-error-text'
import { nearTime } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone, toastFailed } from '@/shared/ui/toast'
import { useAskVerification, useEmailChange, useWithdrawEmailChange } from '../api'
import { Tag } from '@/shared/ui/tag'
import { ChangeEmailDialog } from './change-email-dialog'
import classes from './you.module.css'

export function EmailCard({ user }: { user: User }) {
  const { t } = useTranslation()
  const [changing, setChanging] = useState(false)
  const waiting = useEmailChange()

  return (
    <SectionCard
      title={t('profile.email.title')}
      description={t('profile.email.text')}
      action={
        <Button variant="default" onClick={() => setChanging(true)}>
          {t('profile.email.change')}
        </Button>
      }
    >
      <div className={classes.address}>
        <span>{user.email}</span>
        <Tag tone={user.email_verified ? 'good' : 'warn'}>
          {user.email_verified ? t('profile.email.verified') : t('profile.email.unverified')}
        </Tag>
      </div>
      {!user.email_verified && <Unverified email={user.email} />}
      {waiting?.email && <Waiting email={waiting.email} until={waiting.expires_at ?? ''} />}
      {changing && <ChangeEmailDialog email={user.email} onClose={() => setChanging(false)} />}
    </SectionCard>
  )
}

function Unverified({ email }: { email: string }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const ask = useAskVerification()

  return (
    <div className={classes.note}>
      <p>{t('profile.email.unverifiedText')}</p>
      <Button
        size="xs"
        variant="default"
        loading={ask.isPending}
        onClick={() =>
          ask.mutate(undefined, {
            onSuccess: () => toastDone(t('profile.email.sent', { email })),
            onError: (error) => toastFailed(errorText(error)),
          })
        }
      >
        {t('profile.email.sendAgain')}
      </Button>
    </div>
  )
}

function Waiting({ email, until }: { email: string; until: string }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const style = useTimeStyle()
  const now = useNow()
  const withdraw = useWithdrawEmailChange()

  return (
    <div className={classes.note} role="status">
      <p>
        <strong>{t('profile.email.waiting', { email })}</strong>
        {t('profile.email.waitingText', { time: nearTime(new Date(until), now, style) })}
      </p>
      <Button
        size="xs"
        variant="default"
        loading={withdraw.isPending}
        onClick={() =>
          withdraw.mutate(undefined, {
            onSuccess: () => toastDone(t('profile.email.withdrawn')),
            onError: (error) => toastFailed(errorText(error)),
          })
        }
      >
        {t('profile.email.withdraw')}
      </Button>
    </div>
  )
}
