import { Alert, Badge, Skeleton } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNow } from '@/shared/format/use-now'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { Failure } from '@/shared/ui/failure'
import { SectionCard } from '@/shared/ui/section-card'
import { usageQuery, type Limit, type Organization } from './api'
import { MonthsChart } from './months-chart'
import { UseMeter } from './use-meter'
import meters from './use-meter.module.css'

const LIMITS: readonly Limit[] = [
  'monthly_message_limit',
  'max_contacts',
  'max_agents',
  'max_departments',
  'max_whatsapp_numbers',
  'max_chatbots',
]
const SOON = 14 * 24 * 60 * 60_000

export function PlanSection({ organization }: { organization: Organization }) {
  const { t } = useTranslation()
  const usage = useQuery(usageQuery)
  const paused = usePaused(organization)
  const until = useUntil(organization)

  if (usage.error && !usage.data)
    return <Failure error={usage.error} onRetry={() => void usage.refetch()} />

  return (
    <>
      {paused && (
        <Alert
          role="alert"
          color="red"
          variant="light"
          icon={<IconAlertTriangle size={20} />}
          title={t('organization.pausedTitle')}
        >
          {t('organization.pausedText', { date: paused })}
        </Alert>
      )}
      <SectionCard
        title={t('organization.plan')}
        description={t('organization.planText')}
        action={
          <Badge size="lg" variant="light" tt="none">
            {t(`organization.plans.${organization.plan_type}`)}
          </Badge>
        }
      >
        {until && (
          <Alert color={until.urgent ? 'red' : 'gray'} variant="light" mb="lg" py="xs">
            {until.text}
          </Alert>
        )}
        {usage.data ? (
          <ul className={meters.uses}>
            {LIMITS.map((limit) => (
              <UseMeter key={limit} limit={limit} use={usage.data.limits[limit]} />
            ))}
          </ul>
        ) : (
          <div className={meters.uses} role="status" aria-label={t('app.loading')}>
            {LIMITS.map((limit) => (
              <Skeleton key={limit} height={38} radius="md" />
            ))}
          </div>
        )}
      </SectionCard>
      <SectionCard title={t('organization.messages')} description={t('organization.messagesText')}>
        {usage.data ? (
          <MonthsChart
            months={usage.data.months}
            limit={usage.data.limits.monthly_message_limit.allowed}
          />
        ) : (
          <Skeleton height={150} radius="md" />
        )}
      </SectionCard>
    </>
  )
}

function useDate(): (at: string) => string {
  const { locale, zone } = useTimeStyle()
  return (at) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: zone }).format(new Date(at))
}

function usePaused({ messages_paused_until: until }: Organization): string | undefined {
  const date = useDate()
  const now = useNow()
  return until !== null && new Date(until) > now ? date(until) : undefined
}

function useUntil({ plan_expires_at: ends }: Organization) {
  const { t } = useTranslation()
  const date = useDate()
  const now = useNow()
  if (ends === null) return undefined
  const left = Date.parse(ends) - now.getTime()
  if (left <= 0) return { urgent: true, text: t('organization.planEnded', { date: date(ends) }) }
  const key = left < SOON ? 'organization.planNearEnd' : 'organization.planUntil'
  return { urgent: left < SOON, text: t(key, { date: date(ends) }) }
}
