import { Button, Group, Pill, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import type { Names } from './api'
import { isFiltered, type AuditFilters as Filters } from './filters'
import { PersonFilter } from './person-filter'
import { deeds, kinds } from './words'
import classes from './audit.module.css'

interface AuditFiltersProps {
  filters: Filters
  names: Names
  onFilters: (filters: Filters) => void
}

export function AuditFilters({ filters, names, onFilters }: AuditFiltersProps) {
  const { t } = useTranslation()
  const can = useCan()
  const change = (changed: Filters) => onFilters({ ...filters, row: undefined, ...changed })
  const { thing, row } = filters

  return (
    <div role="search" aria-label={t('audit.filters')} className={classes.filters}>
      <div className={classes.fields}>
        {can('people.read') && (
          <PersonFilter value={filters.who} names={names} onChange={(who) => change({ who })} />
        )}
        <Select
          clearable
          searchable
          label={t('audit.action')}
          placeholder={t('audit.anyAction')}
          data={actionGroups((deed) =>
            t(`audit.deeds.${deed}`, { what: '…', member: '…', number: '…' }),
          ).map(({ kind, items }) => ({ group: t(`audit.kinds.${kind}`), items }))}
          value={filters.action ?? null}
          onChange={(action) => change({ action: action ?? undefined })}
        />
        <Select
          clearable
          label={t('audit.kind')}
          placeholder={t('audit.anyKind')}
          data={kinds.map((value) => ({ value, label: t(`audit.kinds.${value}`) }))}
          value={filters.about ?? null}
          onChange={(about) => change({ about: about ?? undefined })}
        />
        <TextInput
          type="date"
          label={t('audit.since')}
          max={filters.until}
          value={filters.since ?? ''}
          onChange={({ currentTarget }) => change({ since: currentTarget.value || undefined })}
        />
        <TextInput
          type="date"
          label={t('audit.until')}
          min={filters.since}
          value={filters.until ?? ''}
          onChange={({ currentTarget }) => change({ until: currentTarget.value || undefined })}
        />
      </div>
      {isFiltered(filters) && (
        <Group gap="xs">
          {thing !== undefined && (
            <Pill
              withRemoveButton
              size="md"
              removeButtonProps={{
                'aria-label': t('audit.drop'),
                'aria-hidden': false,
                tabIndex: 0,
              }}
              onRemove={() => change({ thing: undefined })}
            >
              {t('audit.oneThing', { name: names[thing] ?? thing.slice(0, 8) })}
            </Pill>
          )}
          {row !== undefined && (
            <Pill
              withRemoveButton
              size="md"
              removeButtonProps={{
                'aria-label': t('audit.drop'),
                'aria-hidden': false,
                tabIndex: 0,
              }}
              onRemove={() => change({})}
            >
              {t('audit.fromRow', { row })}
            </Pill>
          )}
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onFilters({})}>
            {t('audit.clear')}
          </Button>
        </Group>
      )}
    </div>
  )
}

/** `user_created` → `user.created`, under what it is about. */
function actionGroups(labelOf: (deed: (typeof deeds)[number]) => string) {
  return kinds.flatMap((kind) => {
    const items = deeds
      .filter((deed) => deed.startsWith(`${kind}_`))
      .map((deed) => ({ value: `${kind}.${deed.slice(kind.length + 1)}`, label: labelOf(deed) }))
    return items.length > 0 ? [{ kind, items }] : []
  })
}
