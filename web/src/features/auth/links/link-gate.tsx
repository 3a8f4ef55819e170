import { Skeleton, Stack } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/shared/api/errors'
import { Failure } from '@/shared/ui/failure'
import { Heading } from '../heading'
import { useLink, type Link } from './link-api'
import { BackToSignIn, WayOn } from './ways-on'

/** Those of this door; others have pages of their own. */
type Purpose = Exclude<Link['purpose'], 'change_email'>

interface LinkGateProps {
  purpose: Purpose
  token: string | undefined
  children: (link: Link, token: string) => ReactNode
}

/** Looks at the link first: nobody fills a form in that leads nowhere. */
export function LinkGate({ purpose, token, children }: LinkGateProps) {
  const { data, error, refetch } = useLink(token)
  // Kept: signing in empties the cache, and a link that was used cannot be looked at again.
  const [link, setLink] = useState(data)
  if (data && !link) setLink(data)

  if (token === undefined) return <Missing />
  if (link) return link.purpose === purpose ? children(link, token) : <Unusable purpose={purpose} />
  if (error instanceof ApiError && (error.code === 'link_unusable' || error.status === 422)) {
    return <Unusable purpose={purpose} />
  }
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  return <Waiting />
}

/** The address came without a token: typed by hand, or the page was loaded again. */
function Missing() {
  const { t } = useTranslation()
  return (
    <>
      <Heading title={t('links.missingTitle')}>{t('links.missingText')}</Heading>
      <BackToSignIn />
    </>
  )
}

/** Used, withdrawn, expired or invented: the server tells them alike, and so do we. With a way on for each. */
export function Unusable({ purpose }: { purpose: Purpose }) {
  const { t } = useTranslation()
  return (
    <>
      <Heading title={t('links.unusableTitle')} arrived>
        {t(`links.unusable.${purpose}`)}
      </Heading>
      {purpose === 'reset_password' && (
        <WayOn to="/forgot-password" label={t('links.askForAnother')} />
      )}
      <BackToSignIn />
    </>
  )
}

function Waiting() {
  const { t } = useTranslation()
  return (
    <Stack gap="md" role="status" aria-label={t('app.loading')}>
      <Skeleton height={30} width="70%" />
      <Skeleton height={16} width="95%" mb="md" />
      <Skeleton height={44} />
      <Skeleton height={44} />
    </Stack>
  )
}
