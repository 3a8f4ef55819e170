import { Button, Loader, Skeleton } from '@mantine/core'
import { useInViewport } from '@mantine/hooks'
import { useEffect, useEffectEvent, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { dayKey, dayTitle } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import type { AuditRow as Row, Names } from './api'
import { AuditRow } from './audit-row'
import type { AuditFilters } from './filters'
import { useReading } from './use-reading'
import classes from './audit.module.css'

interface AuditListProps {
  rows: readonly Row[]
  names: Names
  filters: AuditFilters
  onFilters: (filters: AuditFilters) => void
}

/** Newest first, under the day they were done on. */
export function AuditList({ rows, names, filters, onFilters }: AuditListProps) {
  const { t } = useTranslation()
  const reading = useReading(names)
  const now = useNow()
  const { zone } = reading.style
  const days = useMemo(() => byDay(rows, zone), [rows, zone])

  return (
    <div role="region" aria-label={t('audit.list')}>
      {days.map(({ key, at, rows: done }) => (
        <section key={key} className={classes.day} aria-label={dayTitle(at, now, reading.style)}>
          <h2>{dayTitle(at, now, reading.style)}</h2>
          <ol>
            {done.map((row) => (
              <AuditRow
                key={row.id}
                row={row}
                reading={reading}
                startOpen={row.sequence === filters.row}
                onFilters={onFilters}
              />
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}

export function AuditSkeleton() {
  const { t } = useTranslation()
  return (
    <div role="status" aria-label={t('app.loading')} className={classes.ghosts}>
      {[72, 55, 84, 63, 48, 77].map((width) => (
        <Skeleton key={width} height={14} width={`${width}%`} radius="sm" />
      ))}
    </div>
  )
}

interface FurtherProps {
  loading: boolean
  onMore: () => void
}

/** Asks for more when it comes into sight; a button for whoever does not scroll. */
export function Further({ loading, onMore }: FurtherProps) {
  const { t } = useTranslation()
  const { ref, inViewport } = useInViewport()
  const ask = useEffectEvent(onMore)
  useEffect(() => {
    if (inViewport && !loading) ask()
  }, [inViewport, loading])

  return (
    <div ref={ref} className={classes.further}>
      {loading ? (
        <Loader size="sm" />
      ) : (
        <Button variant="default" onClick={onMore}>
          {t('audit.more')}
        </Button>
      )}
    </div>
  )
}

function byDay(rows: readonly Row[], zone: string) {
  const days: { key: string; at: Date; rows: Row[] }[] = []
  for (const row of rows) {
    const at = new Date(row.created_at)
    const key = dayKey(at, zone)
    const last = days.at(-1)
    if (last?.key === key) last.rows.push(row)
    else days.push({ key, at, rows: [row] })
  }
  return days
}
