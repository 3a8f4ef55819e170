import { Alert, Button, Loader } from '@mantine/core'
import { IconShieldCheck, IconShieldQuestion, IconShieldX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { nearTime } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { useErrorText } from '@/shared/api/use-error-text'
import { SectionCard } from '@/shared/ui/section-card'
import { useVerify, verificationQuery, type Verification } from './api'
import classes from './audit.module.css'

interface VerificationCardProps {
  onRow: (row: number) => void
}

/** Whether the trail is whole, and since when that is known. */
export function VerificationCard({ onRow }: VerificationCardProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const stored = useQuery(verificationQuery)
  const verify = useVerify()
  const last = stored.data?.last
  const error = verify.error ?? stored.error

  return (
    <SectionCard
      title={t('audit.verification')}
      description={t('audit.verificationText')}
      action={
        <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate()}>
          {t('audit.verify')}
        </Button>
      }
    >
      <div role="status" aria-live="polite">
        {error && !verify.isPending ? (
          <Alert color="red" variant="light">
            {errorText(error)}
          </Alert>
        ) : (
          <State verification={last} isVerifying={verify.isPending} />
        )}
      </div>
      {last && !last.intact && <Alarm verification={last} onRow={onRow} />}
    </SectionCard>
  )
}

interface StateProps {
  /** Null when nobody has looked, undefined when that is not known yet. */
  verification: Verification | null | undefined
  isVerifying: boolean
}

function State({ verification, isVerifying }: StateProps) {
  const { t } = useTranslation()
  const checked = useChecked()
  if (isVerifying)
    return (
      <p className={classes.state}>
        <Loader size={18} /> {t('audit.verifying')}
      </p>
    )
  if (verification === undefined) return null
  if (verification === null)
    return (
      <p className={classes.state}>
        <IconShieldQuestion size={20} stroke={1.7} aria-hidden="true" /> {t('audit.notVerified')}
      </p>
    )
  if (!verification.intact) return null
  return (
    <p className={classes.state} data-intact>
      <IconShieldCheck size={20} stroke={1.7} aria-hidden="true" />
      {t('audit.intact', { count: verification.rows, ...checked(verification) })}
    </p>
  )
}

interface AlarmProps {
  verification: Verification
  onRow: (row: number) => void
}

function Alarm({ verification, onRow }: AlarmProps) {
  const { t } = useTranslation()
  const checked = useChecked()
  const [first, ...others] = [...verification.findings].sort((a, b) => a.sequence - b.sequence)
  if (!first) return null

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
        {t('audit.brokenAdvice')} {t('audit.checkedAt', checked(verification))}
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

/** When somebody last looked, and who. */
function useChecked() {
  const { t } = useTranslation()
  const style = useTimeStyle()
  const now = useNow()
  return ({ actor, user_name, verified_at }: Verification) => ({
    time: nearTime(new Date(verified_at), now, style),
    by:
      actor === 'system' || actor === 'command'
        ? t(`audit.checkedBy.${actor}`)
        : user_name === null
          ? t('audit.checkedBy.gone')
          : t('audit.checkedBy.user', { name: user_name }),
  })
}
