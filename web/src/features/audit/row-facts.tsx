import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { fullTime } from '@/shared/format/time'
import { deviceName } from '@/shared/format/user-agent'
import { readString } from '@/shared/json/read'
import type { AuditRow } from './api'
import { changesOf, isChange } from './changes'
import type { AuditFilters } from './filters'
import { whatOf } from './sentence'
import { valueText, type Reading } from './value-text'
import { fieldWord } from './words'
import classes from './audit.module.css'

interface RowFactsProps {
  row: AuditRow
  who: string
  reading: Reading
  onFilters: (filters: AuditFilters) => void
}

export function RowFacts({ row, who, reading, onFilters }: RowFactsProps) {
  const { t, style } = reading
  const what = whatOf(row, reading)
  const { resource_id: thing, user_id: person } = row
  const request = readString(row.metadata, 'request_id')

  return (
    <div className={classes.facts}>
      <Diff row={row} reading={reading} />
      <dl className={classes.context}>
        <Fact label={t('audit.when')}>{fullTime(new Date(row.created_at), style)}</Fact>
        {row.ip_address !== null && <Fact label={t('audit.address')}>{row.ip_address}</Fact>}
        <Fact label={t('audit.device')}>
          <span title={row.user_agent ?? undefined}>{device(row.user_agent, reading)}</span>
        </Fact>
        <Fact label={t('audit.number')}>{t('audit.numberOf', { row: row.sequence })}</Fact>
        {request !== undefined && (
          <Fact label={t('audit.request')}>
            <code>{request}</code>
          </Fact>
        )}
      </dl>
      <Group gap="xs">
        {thing !== null && what !== undefined && (
          <Button size="compact-sm" variant="default" onClick={() => onFilters({ thing })}>
            {t('audit.onlyThis', { name: what })}
          </Button>
        )}
        {person !== null && (
          <Button size="compact-sm" variant="default" onClick={() => onFilters({ who: person })}>
            {t('audit.onlyWho', { name: who })}
          </Button>
        )}
      </Group>
    </div>
  )
}

function Diff({ row, reading }: { row: AuditRow; reading: Reading }) {
  const { t } = reading
  const changes = changesOf(row)
  const isFromTo = isChange(row)
  const isEnd = changes.some(({ before }) => before !== undefined)
  if (changes.length === 0) return null

  return (
    <table className={classes.diff}>
      <thead>
        <tr>
          <th scope="col">{t('audit.field')}</th>
          {(isFromTo || isEnd) && <th scope="col">{t('audit.before')}</th>}
          {(isFromTo || !isEnd) && <th scope="col">{t('audit.after')}</th>}
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">{fieldWord(t, field)}</th>
            {(isFromTo || isEnd) && (
              <td data-side="before" data-label={t('audit.before')}>
                {valueText(field, before, reading)}
              </td>
            )}
            {(isFromTo || !isEnd) && (
              <td data-side="after" data-label={t('audit.after')}>
                {valueText(field, after, reading)}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function device(agent: string | null, { t }: Reading): string {
  const { browser, system } = deviceName(agent)
  if (browser !== undefined && system !== undefined) return t('audit.deviceOn', { browser, system })
  return browser ?? system ?? t('audit.unknownDevice')
}
