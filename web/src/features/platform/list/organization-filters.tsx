import { SegmentedControl, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Wanted } from '../api'
import { states } from '../types'
import classes from '../platform.module.css'

const PAUSE = 250

interface OrganizationFiltersProps {
  wanted: Wanted
  onWanted: (wanted: Wanted) => void
}

export function OrganizationFilters({ wanted, onWanted }: OrganizationFiltersProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(wanted.q)
  const search = useDebouncedCallback((q: string) => onWanted({ ...wanted, q: q.trim() }), PAUSE)

  return (
    <div className={classes.tools}>
      <TextInput
        type="search"
        aria-label={t('platform.search')}
        placeholder={t('platform.search')}
        leftSection={<IconSearch size={16} stroke={1.8} />}
        maxLength={255}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          search(event.currentTarget.value)
        }}
      />
      <SegmentedControl
        aria-label={t('platform.state')}
        value={wanted.state}
        onChange={(state) => onWanted({ q: typed.trim(), state })}
        data={states.map((value) => ({ value, label: t(`platform.filters.${value}`) }))}
      />
    </div>
  )
}
