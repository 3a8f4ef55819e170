import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure } from '@/shared/ui/failure'
import { Page } from '@/shared/ui/page'
import { useOrganizations, type Wanted } from '../api'
import classes from '../platform.module.css'
import { OrganizationFilters } from './organization-filters'
import { OrganizationList } from './organization-list'

interface OrganizationsPageProps {
  wanted: Wanted
  onWanted: (wanted: Wanted) => void
  onOpen: (id: string) => void
}

/** Every organization of the installation, for whoever operates it. */
export function OrganizationsPage({ wanted, onWanted, onOpen }: OrganizationsPageProps) {
  const { t } = useTranslation()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useOrganizations(wanted)
  const items = useMemo(() => data?.pages.flatMap((page) => page.items), [data])

  return (
    <Page
      width="wide"
      title={t('platform.title')}
      subtitle={t('platform.subtitle')}
      actions={
        <Button
          leftSection={<IconPlus size={17} stroke={2} />}
          renderRoot={(props) => <Link {...props} to="/platform/organizations/new" />}
        >
          {t('platform.create')}
        </Button>
      }
    >
      <OrganizationFilters wanted={wanted} onWanted={onWanted} />
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <OrganizationList
          items={items}
          isFiltered={wanted.q !== '' || wanted.state !== 'all'}
          onOpen={onOpen}
        />
      )}
      {hasNextPage && (
        <div className={classes.more}>
          <Button
            variant="default"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {t('app.more')}
          </Button>
        </div>
      )}
    </Page>
  )
}
