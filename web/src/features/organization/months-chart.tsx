import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { dayKey } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import { useTimeStyle } from '@/shared/format/use-time-style'
import type { Month } from './api'
import { monthName, monthSeries } from './month-series'
import classes from './months-chart.module.css'

interface MonthsChartProps {
  months: readonly Month[]
  limit: number | null
}

export function MonthsChart({ months, limit }: MonthsChartProps) {
  const { t, i18n } = useTranslation()
  const { zone } = useTimeStyle()
  const series = monthSeries(months, dayKey(useNow(), zone))
  const number = new Intl.NumberFormat(i18n.language)
  const top = Math.max(...series.flatMap(({ sent, received }) => [sent, received]), 1)
  // A limit that is far above everything would flatten every bar.
  const lineAt = limit !== null && limit > 0 && limit <= top * 1.6 ? limit : undefined
  const scale = Math.max(top, lineAt ?? 0)
  const height = (count: number) => ({ height: `${(count / scale) * 100}%` })

  if (months.length === 0) return <p className={classes.none}>{t('organization.noMessages')}</p>

  return (
    <figure className={classes.chart}>
      <figcaption className={classes.legend}>
        <span data-kind="sent">{t('organization.sent')}</span>
        <span data-kind="received">{t('organization.received')}</span>
        {lineAt !== undefined && (
          <span data-kind="limit">
            {t('organization.monthLimit', { limit: number.format(lineAt) })}
          </span>
        )}
      </figcaption>
      <div className={classes.plot}>
        {lineAt !== undefined && (
          <div className={classes.limit} style={{ '--share': lineAt / scale }} />
        )}
        <ol className={classes.months} aria-label={t('organization.months')}>
          {series.map(({ month, sent, received }) => {
            const summary = t('organization.monthSummary', {
              month: monthName(month, i18n.language, 'long'),
              sent: number.format(sent),
              received: number.format(received),
            })
            return (
              <Tooltip key={month} label={summary} openDelay={80}>
                <li className={classes.month}>
                  <span className={classes.bars}>
                    <span data-kind="sent" style={height(sent)} />
                    <span data-kind="received" style={height(received)} />
                  </span>
                  <span className={classes.name} aria-hidden="true">
                    {monthName(month, i18n.language, 'short')}
                  </span>
                  <span className={classes.spoken}>{summary}</span>
                </li>
              </Tooltip>
            )
          })}
        </ol>
      </div>
    </figure>
  )
}
