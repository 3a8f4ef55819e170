import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatPhone } from '@/shared/format/phone'
import { SearchField } from '@/shared/ui/search-field'
import { useNumbers } from './api'
import { CATEGORIES, languageName, LANGUAGES, STATUSES, type Filters } from './filters'
import classes from './templates.module.css'

interface TemplateFiltersProps {
  filters: Filters
  onFilters: (filters: Filters) => void
}

export function TemplateFilters({ filters, onFilters }: TemplateFiltersProps) {
  const { t, i18n } = useTranslation()
  const { data: numbers = [] } = useNumbers()

  return (
    <div className={classes.filters}>
      <SearchField
        className={classes.search}
        label={t('templates.search')}
        value={filters.q ?? ''}
        onSearch={(q) => onFilters({ ...filters, q: q || undefined })}
      />
      <Select
        className={classes.choice}
        aria-label={t('templates.status')}
        placeholder={t('templates.status')}
        clearable
        data={STATUSES.map((value) => ({ value, label: t(`templates.statuses.${value}`) }))}
        value={filters.status ?? null}
        onChange={(value) =>
          onFilters({ ...filters, status: STATUSES.find((one) => one === value) })
        }
      />
      <Select
        className={classes.choice}
        aria-label={t('templates.category')}
        placeholder={t('templates.category')}
        clearable
        data={CATEGORIES.map((value) => ({ value, label: t(`templates.categories.${value}`) }))}
        value={filters.category ?? null}
        onChange={(value) =>
          onFilters({ ...filters, category: CATEGORIES.find((one) => one === value) })
        }
      />
      <Select
        className={classes.choice}
        aria-label={t('templates.language')}
        placeholder={t('templates.language')}
        clearable
        searchable
        data={LANGUAGES.map((value) => ({ value, label: languageName(value, i18n.language) }))}
        value={filters.language ?? null}
        onChange={(value) => onFilters({ ...filters, language: value ?? undefined })}
      />
      {numbers.length > 1 && (
        <Select
          className={classes.choice}
          aria-label={t('templates.number')}
          placeholder={t('details.number')}
          clearable
          data={numbers.map(({ id, display_name, phone_number }) => ({
            value: id,
            label: display_name ?? formatPhone(phone_number),
          }))}
          value={filters.number ?? null}
          onChange={(value) => onFilters({ ...filters, number: value ?? undefined })}
        />
      )}
    </div>
  )
}
