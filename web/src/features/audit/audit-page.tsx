import { Button, Text } from '@mantine/core'
import { IconHistory, IconSearchOff } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { Failure } from '@/shared/ui/failure'
import { Notice } from '@/shared/ui/notice'
import { Page } from '@/shared/ui/page'
import { rowsQuery, type AuditPageRead, type Names } from './api'
import { AuditFilters } from './audit-filters'
import { AuditList, AuditSkeleton, Further } from './audit-list'
import { ExportButton } from './export-button'
import { isFiltered, type AuditFilters as Filters } from './filters'
import { VerificationCard } from './verification-card'

interface AuditPageProps {
  filters: Filters
  onFilters: (filters: Filters) => void
}

export function AuditPage({ filters, onFilters }: AuditPageProps) {
  const { t } = useTranslation()
  const { zone } = useTimeStyle()
  const trail = useInfiniteQuery(rowsQuery(filters, zone))
  const pages = trail.data?.pages
  const rows = useMemo(() => pages?.flatMap((page) => page.items), [pages])
  const names = useMemo(() => namesOf(pages ?? []), [pages])

  return (
    <Page
      title={t('audit.title')}
      subtitle={t('audit.subtitle')}
      width="wide"
      actions={<ExportButton filters={filters} />}
    >
      <VerificationCard onRow={(row) => onFilters({ row })} />
      <AuditFilters filters={filters} names={names} onFilters={onFilters} />
      {trail.error ? (
        <Failure error={trail.error} onRetry={() => void trail.refetch()} />
      ) : !rows ? (
        <AuditSkeleton />
      ) : rows.length === 0 ? (
        <Empty filtered={isFiltered(filters)} onClear={() => onFilters({})} />
      ) : (
        <>
          <AuditList rows={rows} names={names} filters={filters} onFilters={onFilters} />
          {trail.hasNextPage ? (
            <Further
              loading={trail.isFetchingNextPage}
              onMore={() => void trail.fetchNextPage({ cancelRefetch: false })}
            />
          ) : (
            !isFiltered(filters) && (
              <Text size="sm" c="dimmed" ta="center">
                {t('audit.end')}
              </Text>
            )
          )}
        </>
      )}
    </Page>
  )
}

function namesOf(pages: readonly AuditPageRead[]): Names {
  const names: Record<string, string> = {}
  for (const page of pages) {
    Object.assign(names, page.names)
    for (const { user_id, user_name } of page.items) {
      if (user_id !== null && user_name !== null) names[user_id] = user_name
    }
  }
  return names
}

function Empty({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation()
  if (!filtered)
    return (
      <Notice icon={<IconHistory size={26} stroke={1.6} />} title={t('audit.emptyTitle')}>
        {t('audit.emptyText')}
      </Notice>
    )
  return (
    <Notice
      icon={<IconSearchOff size={26} stroke={1.6} />}
      title={t('audit.noMatchTitle')}
      action={
        <Button variant="default" onClick={onClear}>
          {t('audit.clear')}
        </Button>
      }
    >
      {t('audit.noMatchText')}
    </Notice>
  )
}
