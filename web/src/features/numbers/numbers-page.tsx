import { Button, Skeleton } from '@mantine/core'
import { IconBrandWhatsapp, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import { Failure } from '@/shared/ui/failure'
import { Notice } from '@/shared/ui/notice'
import { Page } from '@/shared/ui/page'
import { AlertList } from './alert-list'
import { numbersQuery, useLiveNumbers } from './api'
import { NumberCard } from './number-card'
import classes from './numbers.module.css'

/** Every number of the organization, how it is, and what somebody has to look after. */
export function NumbersPage() {
  const { t } = useTranslation()
  const can = useCan()
  const { data, error, refetch } = useQuery(numbersQuery)
  useLiveNumbers()
  const numbers = data?.items
  const connect = can('numbers.write') && (
    <Button
      renderRoot={(props) => <Link {...props} to="/numbers/connect" />}
      leftSection={<IconPlus size={18} stroke={1.8} />}
    >
      {t('numbers.connect')}
    </Button>
  )

  return (
    <Page
      width="wide"
      title={t('numbers.title')}
      subtitle={t('numbers.subtitle')}
      actions={numbers?.length !== 0 && connect}
    >
      <AlertList />
      {!numbers && error && <Failure error={error} onRetry={() => void refetch()} />}
      {!numbers && !error && <Skeleton height={180} radius="lg" />}
      {numbers?.length === 0 && (
        <Notice
          icon={<IconBrandWhatsapp size={26} stroke={1.6} />}
          title={t('numbers.emptyTitle')}
          action={connect}
        >
          {t('numbers.emptyText')}
        </Notice>
      )}
      {numbers && numbers.length > 0 && (
        <ul className={classes.cards} aria-label={t('numbers.title')}>
          {numbers.map((number) => (
            <li key={number.id}>
              <NumberCard number={number} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}
