import { Button, Loader } from '@mantine/core'
import { IconAt, IconCheck, IconUnlink } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/shared/api/errors'
import { useSessionToken } from '@/shared/api/session'
import { Failure } from '@/shared/ui/failure'
import { Notice } from '@/shared/ui/notice'
import { useConfirmEmailChange, useLink } from '../api'

/** What the letter to a new address opens. It asks first: programs that read mail open links, too. */
export function ConfirmEmail({ token }: { token: string | undefined }) {
  return token === undefined ? <Missing /> : <Question token={token} />
}

function Question({ token }: { token: string }) {
  const { t } = useTranslation()
  const link = useLink(token)
  const confirm = useConfirmEmailChange()
  const error = confirm.error ?? link.error

  if (confirm.data) return <Done email={confirm.data.email} />
  if (isNoLink(error)) return <Unusable />
  if (error) return <Failure error={error} onRetry={() => void retry()} />
  if (!link.data) return <Loader m="auto" aria-label={t('app.loading')} />
  if (link.data.purpose !== 'change_email') return <Unusable />
  const { email, organization_name: organization } = link.data

  return (
    <Notice
      icon={<IconAt size={26} stroke={1.6} />}
      title={t('profile.changeEmail.question', { email, organization })}
      action={
        <Button loading={confirm.isPending} onClick={() => confirm.mutate(token)}>
          {t('profile.changeEmail.confirm')}
        </Button>
      }
    >
      {t('profile.changeEmail.text')}
    </Notice>
  )

  function retry() {
    confirm.reset()
    return link.refetch()
  }
}

function Done({ email }: { email: string }) {
  const { t } = useTranslation()
  const signedIn = useSessionToken() !== null

  return (
    <Notice
      icon={<IconCheck size={26} stroke={1.8} />}
      title={t('profile.changeEmail.doneTitle')}
      action={
        <Button component={Link} to={signedIn ? '/profile' : '/sign-in'}>
          {signedIn ? t('profile.changeEmail.toProfile') : t('profile.changeEmail.toSignIn')}
        </Button>
      }
    >
      <span role="status">{t('profile.changeEmail.doneText', { email })}</span>
    </Notice>
  )
}

/** Used, expired or invented. */
function isNoLink(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 'link_unusable' || error.status === 422)
}

/** The address came without a token: typed by hand, or the page was loaded again. */
function Missing() {
  const { t } = useTranslation()
  return (
    <Notice icon={<IconUnlink size={26} stroke={1.6} />} title={t('links.missingTitle')}>
      {t('links.missingText')}
    </Notice>
  )
}

function Unusable() {
  const { t } = useTranslation()
  const signedIn = useSessionToken() !== null

  return (
    <Notice
      urgent
      icon={<IconUnlink size={26} stroke={1.6} />}
      title={t('profile.changeEmail.unusableTitle')}
      action={
        <Button variant="default" component={Link} to={signedIn ? '/profile' : '/sign-in'}>
          {signedIn ? t('profile.changeEmail.toProfile') : t('profile.changeEmail.toSignIn')}
        </Button>
      }
    >
      {t('profile.changeEmail.unusableText')}
    </Notice>
  )
}
