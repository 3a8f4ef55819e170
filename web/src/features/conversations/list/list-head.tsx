import { CloseButton, SegmentedControl, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { filters, useConversationCounts } from '../api'
import type { Filter } from '../types'
import classes from './conversation-list.module.css'
import { FilterLabel } from './filter-label'

interface ListHeadProps {
  filter: Filter
  onFilter: (filter: Filter) => void
  query: string
  onQuery: (query: string) => void
}

export function ListHead({ filter, onFilter, query, onQuery }: ListHeadProps) {
  const { t } = useTranslation()
  const counts = useConversationCounts()
  const search = useRef<HTMLInputElement>(null)
  useHotkeys([['/', () => search.current?.focus()]])

  return (
    <div className={classes.head}>
      <h2>{t('conversations.title')}</h2>
      <TextInput
        ref={search}
        size="sm"
        type="search"
        radius="md"
        placeholder={t('conversations.search')}
        aria-label={t('conversations.search')}
        aria-keyshortcuts="/"
        leftSection={<IconSearch size={16} stroke={1.8} />}
        rightSection={
          query ? (
            <CloseButton size="sm" aria-label={t('app.clearSearch')} onClick={() => onQuery('')} />
          ) : (
            <kbd className={classes.key}>/</kbd>
          )
        }
        value={query}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onQuery('')
        }}
      />
      <SegmentedControl
        fullWidth
        size="xs"
        radius="md"
        aria-label={t('conversations.filter')}
        value={filter}
        onChange={onFilter}
        data={filters.map((value) => ({
          value,
          label: <FilterLabel filter={value} counted={counts?.[value]} />,
        }))}
      />
    </div>
  )
}
