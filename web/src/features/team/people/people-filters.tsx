import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SearchField } from '@/shared/ui/search-field'
import { useDepartments } from '../api/departments'
import type { PeopleFilter } from '../api/people'
import { roles } from '../types'
import classes from './people-page.module.css'

interface PeopleFiltersProps {
  filter: PeopleFilter
  onFilter: (filter: PeopleFilter) => void
}

const states = ['active', 'off'] as const

export function PeopleFilters({ filter, onFilter }: PeopleFiltersProps) {
  const { t } = useTranslation()
  const { data: departments } = useDepartments()

  return (
    <div className={classes.filters}>
      <SearchField
        className={classes.search}
        label={t('people.search')}
        value={filter.q ?? ''}
        onSearch={(q) => onFilter({ ...filter, q: q || undefined })}
      />
      <Select
        className={classes.choice}
        aria-label={t('people.role')}
        placeholder={t('people.anyRole')}
        clearable
        data={roles.map((value) => ({ value, label: t(`roles.${value}`) }))}
        value={filter.role ?? null}
        onChange={(role) => onFilter({ ...filter, role: roles.find((one) => one === role) })}
      />
      {(departments?.length ?? 0) > 0 && (
        <Select
          className={classes.choice}
          aria-label={t('people.departments')}
          placeholder={t('people.anyDepartment')}
          clearable
          searchable
          data={(departments ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={filter.department ?? null}
          onChange={(department) => onFilter({ ...filter, department: department ?? undefined })}
        />
      )}
      <Select
        className={classes.choice}
        aria-label={t('people.state')}
        placeholder={t('people.anyState')}
        clearable
        data={states.map((value) => ({ value, label: t(`people.${value}`) }))}
        value={filter.state ?? null}
        onChange={(state) => onFilter({ ...filter, state: states.find((one) => one === state) })}
      />
    </div>
  )
}
