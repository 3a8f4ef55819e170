import { CloseButton, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
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
      <Search value={filter.q ?? ''} onSearch={(q) => onFilter({ ...filter, q: q || undefined })} />
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

interface SearchProps {
  value: string
  onSearch: (value: string) => void
}

function Search({ value, onSearch }: SearchProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(value)
  const [sent, setSent] = useState(value)
  const input = useRef<HTMLInputElement>(null)
  const search = useDebouncedCallback((next: string) => {
    setSent(next)
    onSearch(next)
  }, 250)
  // The address may change by itself: by going back, or when the filters are cleared.
  if (value !== sent) {
    setSent(value)
    setText(value)
  }
  useHotkeys([['/', () => input.current?.focus()]])

  function change(next: string): void {
    setText(next)
    search(next.trim())
  }

  return (
    <TextInput
      ref={input}
      type="search"
      className={classes.search}
      placeholder={t('people.search')}
      aria-label={t('people.search')}
      aria-keyshortcuts="/"
      leftSection={<IconSearch size={16} stroke={1.8} />}
      rightSection={
        text && (
          <CloseButton size="sm" aria-label={t('people.clearSearch')} onClick={() => change('')} />
        )
      }
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') change('')
      }}
    />
  )
}
