import { Alert, Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Trans, useTranslation } from 'react-i18next'
import { ApiError } from '@/shared/api/errors'
import { useSessionToken } from '@/shared/api/session'
import { useErrorText } from '@/shared/api/use-error-text'
import { Heading } from '../heading'
import { useVerifyEmail, type Link } from './link-api'
import { LinkGate, Unusable } from './link-gate'
import { useLinkToken } from './link-token'
import { WayOn } from './ways-on'

export function VerifyEmail() {
  const token = useLinkToken('/verify-email')
  return (
    <LinkGate key={token} purpose="verify_email" token={token}>
      {(link, held) => <Confirmation link={link} token={held} />}
    </LinkGate>
  )
}

/** With a click of its own: programs that look at letters open links, too. */
function Confirmation({ link, token }: { link: Link; token: string }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const queries = useQueryClient()
  const verify = useVerifyEmail()
  const isIn = useSessionToken() !== null

  if (verify.isSuccess) {
    return (
      <>
        <Heading title={t('verify.done')} arrived>
          <Said words="verify.doneText" email={link.email} />
        </Heading>
        {isIn ? (
          <WayOn to="/conversations" label={t('verify.goOn')} />
        ) : (
          <WayOn to="/sign-in" label={t('links.toSignIn')} />
        )}
      </>
    )
  }
  if (verify.error instanceof ApiError && verify.error.code === 'link_unusable') {
    return <Unusable purpose="verify_email" />
  }
  return (
    <>
      <Heading title={t('verify.title')}>
        <Said words="verify.text" email={link.email} />
      </Heading>
      {verify.error && (
        <Alert role="alert" color="red" variant="light" py="xs" mb="md">
          {errorText(verify.error)}
        </Alert>
      )}
      <Button
        size="md"
        fullWidth
        loading={verify.isPending}
        onClick={() => verify.mutate(token, { onSuccess: () => void queries.invalidateQueries() })}
      >
        {t('verify.submit')}
      </Button>
    </>
  )
}

function Said({ words, email }: { words: 'verify.text' | 'verify.doneText'; email: string }) {
  return <Trans i18nKey={words} values={{ email }} components={{ strong: <strong /> }} />
}
