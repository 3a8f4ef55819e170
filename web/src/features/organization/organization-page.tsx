import { Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import { Failure } from '@/shared/ui/failure'
import { Page } from '@/shared/ui/page'
import { SectionCard } from '@/shared/ui/section-card'
import { organizationQuery } from './api'
import { ChargesSection } from './charges-section'
import { DangerSection } from './danger-section'
import { OrganizationForm } from './organization-form'
import { PlanSection } from './plan-section'

export function OrganizationPage() {
  const { t } = useTranslation()
  const can = useCan()
  const { data: organization, error, refetch } = useQuery(organizationQuery)
  const readOnly = !can('organization.write')

  if (error) {
    return (
      <Page title={t('organization.title')}>
        <Failure error={error} onRetry={() => void refetch()} />
      </Page>
    )
  }

  return (
    <Page title={t('organization.title')} subtitle={t('organization.subtitle')}>
      <SectionCard
        title={t('organization.details')}
        description={readOnly ? t('organization.readOnly') : undefined}
      >
        {organization ? (
          <OrganizationForm key={organization.id} organization={organization} readOnly={readOnly} />
        ) : (
          <Stack gap="lg" role="status" aria-label={t('app.loading')}>
            {[0, 1, 2, 3].map((row) => (
              <Skeleton key={row} height={58} radius="md" />
            ))}
          </Stack>
        )}
      </SectionCard>
      {organization && <PlanSection organization={organization} />}
      {organization && <ChargesSection />}
      {organization && can('organization.delete') && <DangerSection organization={organization} />}
    </Page>
  )
}
