import { Alert, Button, Loader } from '@mantine/core'
import { IconShieldCheck, IconShieldQuestion, IconShieldX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { nearTime } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { useErrorText } from '@/shared/api/use-error-text'
import { SectionCard } from '@/shared/ui/section-card'
import { lengthQuery, verificationQuery, type Verification } from './api'
import classes from './audit.module.css'

/** A trail up to so long is looked through by itself: under a second. A longer one when somebody asks. */
const WITHOUT_ASKING = 20_000

interface VerificationCardProps {
  onRow: (row: number) => void
}

/** Whether the trail is whole, and since when that is known. */
export function VerificationCard({ onRow }: VerificationCardProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const { data: length } = useQuery(lengthQuery)
  const { data, error, isFetching, refetch } = useQuery({
    ...verificationQuery,
    enabled: length !== undefined && length <= WITHOUT_ASKING,
  })

  return (
    <SectionCard
      title={t('audit.verification')}
      description={t('audit.verificationText')}
      action={
        <Button variant="default" loading={isFetching} onClick={() => void refetch()}>
          {t('audit.verify')}
        </Button>
      }
    >
      <div role="status" aria-live="polite">
        {error && !isFetching ? (
          <Alert color="red" variant="light">
            {errorText(error)}
          </Alert>
        ) : (
          <State verification={data} isVerifying={isFetching} />
        )}
      </div>
      {data && !data.intact && <Alarm verification={data} onRow={onRow} />}
    </SectionCard>
  )
}

interface StateProps {
  verification: Verification | undefined
  isVerifying: boolean
}

function State({ verification, isVerifying }: StateProps) {
  const { t } = useTranslation()
  const style = useTimeStyle()
  const now = useNow()
  if (isVerifying)
    return (
      <p className={classes.state}>
        <Loader size={18} /> {t('audit.verifying')}
      </p>
    )
  if (!verification)
    return (
      <p className={classes.state}>
        <IconShieldQuestion size={20} stroke={1.7} aria-hidden="true" /> {t('audit.notVerified')}
      </p>
    )
  if (!verification.intact) return null
  const time = nearTime(new Date(verification.verified_at), now, style)
  return (
    <p className={classes.state} data-intact>
      <IconShieldCheck size={20} stroke={1.7} aria-hidden="true" />
      {t('audit.intact', { count: verification.rows, time })}
    </p>
  )
}

interface AlarmProps {
  verification: Verification
  onRow: (row: number) => void
}

function Alarm({ verification, onRow }: AlarmProps) {
  const { t } = useTranslation()
  const style = useTimeStyle()
  const now = useNow()
  const [first, ...others] = [...verification.findings].sort((a, b) => a.sequence - b.sequence)
  if (!first) return null
  const time = nearTime(new Date(verification.verified_at), now, style)

  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      title={t('audit.brokenTitle')}
      icon={<IconShieldX size={22} />}
    >
      <p className={classes.alarm}>
        {t(`audit.broken.${first.damage}`, { row: first.sequence })}{' '}
        {others.length > 0 && t('audit.brokenMore', { count: others.length })}
      </p>
      <p className={classes.alarm}>
        {t('audit.brokenAdvice')} {t('audit.checkedAt', { time })}
      </p>
      {first.row_id !== null && (
        <Button
          mt="xs"
          size="compact-sm"
          color="var(--danger)"
          variant="outline"
          onClick={() => onRow(first.sequence)}
        >
          {t('audit.showRow')}
        </Button>
      )}
    </Alert>
  )
}
