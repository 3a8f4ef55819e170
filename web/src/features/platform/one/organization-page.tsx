import { Alert, Anchor, Skeleton } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCurrentUser } from '@/shared/api/current-user'
import { dayOf } from '@/shared/format/day'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { Failure } from '@/shared/ui/failure'
import { Page } from '@/shared/ui/page'
import { SectionCard } from '@/shared/ui/section-card'
import { organizationQuery } from '../api'
import { limits, type Organization } from '../types'
import classes from '../platform.module.css'
import { stateOf } from '../state'
import { StateBadge } from '../state-badge'
import { UseBar } from '../use-bar'
import { AdministratorsCard } from './administrators-card'
import { DangerCard } from './danger-card'
import { LimitsCard } from './limits-card'
import { PlanCard } from './plan-card'

/** One organization, as whoever operates the installation sees it. */
export function OrganizationPage({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data: organization, error, refetch } = useQuery(organizationQuery(id))

  return (
    <Page
      title={organization?.name ?? t('platform.organization')}
      subtitle={organization && <Subtitle organization={organization} />}
      back={
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/platform/organizations" />}>
          <IconArrowLeft size={14} stroke={2} aria-hidden="true" /> {t('platform.title')}
        </Anchor>
      }
    >
      {organization ? (
        <Cards key={organization.id} organization={organization} />
      ) : error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <Ghosts />
      )}
    </Page>
  )
}

function Subtitle({ organization }: { organization: Organization }) {
  const { t } = useTranslation()
  const style = useTimeStyle()

  return (
    <>
      {organization.slug} · {t('platform.since', { day: dayOf(organization.created_at, style) })}{' '}
      <StateBadge organization={organization} />
    </>
  )
}

function Cards({ organization }: { organization: Organization }) {
  const { t } = useTranslation()
  const own = useCurrentUser()?.organization.id === organization.id
  const state = stateOf(organization)

  return (
    <>
      {state !== 'active' && (
        <Alert role="note" color={state === 'deleted' ? 'red' : 'honey'} variant="light">
          {t(`platform.stateText.${state}`)}
        </Alert>
      )}
      <SectionCard title={t('platform.uses')}>
        <dl className={classes.uses}>
          {limits.map((limit) => (
            <div key={limit}>
              <dt>{t(`platform.limits.${limit}`)}</dt>
              <dd>
                <UseBar
                  label={t(`platform.limits.${limit}`)}
                  use={organization.uses[limit]}
                  allowed={organization.limits[limit]}
                />
              </dd>
            </div>
          ))}
        </dl>
      </SectionCard>
      <PlanCard organization={organization} />
      <LimitsCard organization={organization} />
      <AdministratorsCard organization={organization} />
      <DangerCard organization={organization} own={own} />
    </>
  )
}

function Ghosts() {
  const { t } = useTranslation()
  return (
    <div role="status" aria-label={t('app.loading')} className={classes.acts}>
      {[150, 190, 240].map((height) => (
        <Skeleton key={height} height={height} radius="lg" />
      ))}
    </div>
  )
}
