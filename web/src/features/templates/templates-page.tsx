import { Button, Skeleton, VisuallyHidden } from '@mantine/core'
import { IconPlus, IconRefresh, IconTemplate } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import { useErrorText } from '@/shared/api/use-error-text'
import { Failure } from '@/shared/ui/failure'
import { Notice } from '@/shared/ui/notice'
import { Page } from '@/shared/ui/page'
import { toastFailed } from '@/shared/ui/toast'
import { templatesQuery, useLiveTemplates, useSync, useSyncs } from './api'
import { isFiltered, type Filters } from './filters'
import { NewTemplate } from './new-template'
import { SyncLine } from './sync-line'
import { TemplateCard } from './template-card'
import { TemplateFilters } from './template-filters'
import classes from './templates.module.css'
import type { Template } from './types'

interface TemplatesPageProps {
  filters: Filters
  onFilters: (filters: Filters) => void
  creating: boolean
  onCreating: (creating: boolean) => void
  onOpen: (id: string) => void
}

export function TemplatesPage(props: TemplatesPageProps) {
  const { filters, onFilters, creating, onCreating, onOpen } = props
  const { t } = useTranslation()
  const can = useCan()
  const templates = useInfiniteQuery(templatesQuery(filters))
  const items = templates.data?.pages.flatMap((page) => page.items)
  const mayWrite = can('templates.write')
  useLiveTemplates()
  const create = mayWrite && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => onCreating(true)}>
      {t('templates.create')}
    </Button>
  )

  return (
    <Page
      title={t('templates.title')}
      subtitle={t('templates.subtitle')}
      width="wide"
      actions={
        <>
          {mayWrite && <SyncButton />}
          {create}
        </>
      }
    >
      <TemplateFilters filters={filters} onFilters={onFilters} />
      <SyncLine />
      {templates.error ? (
        <Failure error={templates.error} onRetry={() => void templates.refetch()} />
      ) : (
        <Gallery
          items={items}
          empty={
            isFiltered(filters) ? (
              <Notice
                icon={<IconTemplate size={26} stroke={1.6} />}
                title={t('templates.noneTitle')}
                action={
                  <Button variant="default" onClick={() => onFilters({})}>
                    {t('templates.clear')}
                  </Button>
                }
              />
            ) : (
              <Notice
                icon={<IconTemplate size={26} stroke={1.6} />}
                title={t('templates.emptyTitle')}
                action={create}
              >
                {t('templates.emptyText')}
              </Notice>
            )
          }
        />
      )}
      {templates.hasNextPage && (
        <Button
          variant="default"
          loading={templates.isFetchingNextPage}
          onClick={() => void templates.fetchNextPage()}
        >
          {t('app.more')}
        </Button>
      )}
      <NewTemplate
        opened={creating && mayWrite}
        onClose={() => onCreating(false)}
        onCreated={({ id }) => onOpen(id)}
      />
    </Page>
  )
}

function Gallery({ items, empty }: { items: Template[] | undefined; empty: ReactNode }) {
  const { t } = useTranslation()

  if (!items) {
    return (
      <div className={classes.gallery}>
        <VisuallyHidden role="status">{t('app.loading')}</VisuallyHidden>
        {[1, 2, 3, 4, 5, 6].map((place) => (
          <Skeleton key={place} height={300} radius="lg" />
        ))}
      </div>
    )
  }
  if (items.length === 0) return empty
  return (
    <ul className={classes.gallery} aria-label={t('templates.list')}>
      {items.map((template) => (
        <li key={template.id}>
          <TemplateCard template={template} />
        </li>
      ))}
    </ul>
  )
}

function SyncButton() {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const sync = useSync()
  const { data: syncs = [] } = useSyncs()
  const running = syncs.some(({ state }) => state !== 'idle')

  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={17} />}
      loading={running || sync.isPending}
      disabled={syncs.length === 0}
      onClick={() => sync.mutate(undefined, { onError: (error) => toastFailed(errorText(error)) })}
    >
      {t('templates.sync')}
    </Button>
  )
}
