import { Button, Group, Skeleton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import { formatPhone } from '@/shared/format/phone'
import { Failure } from '@/shared/ui/failure'
import { Page } from '@/shared/ui/page'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone } from '@/shared/ui/toast'
import { AlertList } from '../alert-list'
import {
  useLiveNumbers,
  useMakeDefault,
  useNumber,
  useRefresh,
  useResume,
  type WhatsAppNumber,
} from '../api'
import { NumberFacts } from '../number-facts'
import { numberName } from '../number-name'
import { Refused } from '../refused'
import { Registration } from '../registration/registration'
import { AppCard } from './app-card'
import { DisconnectCard } from './disconnect-card'
import { ProfileCard } from './profile-card'
import { TokenCard } from './token-card'

interface NumberPageProps {
  numberId: string
  onDisconnected: () => void
}

export function NumberPage({ numberId, onDisconnected }: NumberPageProps) {
  const { t } = useTranslation()
  const can = useCan()
  const { data: number, error, refetch } = useNumber(numberId)
  useLiveNumbers()
  const mayChange = can('numbers.write')

  return (
    <Page
      title={number ? numberName(number) : t('numbers.title')}
      subtitle={number && formatPhone(number.phone_number)}
      back={<Link to="/numbers">← {t('numbers.back')}</Link>}
    >
      {!number && error && <Failure error={error} onRetry={() => void refetch()} />}
      {!number && !error && <Skeleton height={220} radius="lg" />}
      {number && (
        <>
          <AlertList numberId={number.id} />
          <HealthCard number={number} mayChange={mayChange} />
          {mayChange && (
            <SectionCard title={t('numbers.atMeta')} description={t('numbers.atMetaText')}>
              <Registration number={number} />
            </SectionCard>
          )}
          {mayChange && <TokenCard id={number.id} />}
          {mayChange && number.channel_id && <AppCard channelId={number.channel_id} />}
          <ProfileCard number={number} mayChange={mayChange} />
          {mayChange && <DisconnectCard number={number} onDone={onDisconnected} />}
        </>
      )}
    </Page>
  )
}

function HealthCard({ number, mayChange }: { number: WhatsAppNumber; mayChange: boolean }) {
  const { t } = useTranslation()
  const refresh = useRefresh(number.id)
  const resume = useResume(number.id)
  const makeDefault = useMakeDefault(number.id)
  const tell = (text: string) => ({ onSuccess: () => toastDone(text) })

  return (
    <SectionCard
      title={t('numbers.health')}
      description={
        number.sending_stopped_reason
          ? t('numbers.stopped', { reason: number.sending_stopped_reason })
          : undefined
      }
    >
      <NumberFacts number={number} />
      <Group gap="sm" mt="lg">
        <Button
          variant="default"
          loading={refresh.isPending}
          onClick={() => refresh.mutate(undefined, tell(t('numbers.refreshed')))}
        >
          {t('numbers.refresh')}
        </Button>
        {mayChange && number.sending_stopped_at && (
          <Button
            variant="default"
            loading={resume.isPending}
            onClick={() => resume.mutate(undefined, tell(t('numbers.resumed')))}
          >
            {t('numbers.resume')}
          </Button>
        )}
        {mayChange && !number.is_default && (
          <Button
            variant="default"
            loading={makeDefault.isPending}
            onClick={() => makeDefault.mutate(undefined, tell(t('numbers.madeDefault')))}
          >
            {t('numbers.makeDefault')}
          </Button>
        )}
      </Group>
      <Refused error={refresh.error ?? resume.error ?? makeDefault.error} />
    </SectionCard>
  )
}
