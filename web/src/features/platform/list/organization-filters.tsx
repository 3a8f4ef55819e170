import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SearchField } from '@/shared/ui/search-field'
import { type Wanted } from '../api'
import { states } from '../types'
import classes from '../platform.module.css'

interface OrganizationFiltersProps {
  wanted: Wanted
  onWanted: (wanted: Wanted) => void
}

export function OrganizationFilters({ wanted, onWanted }: OrganizationFiltersProps) {
  const { t } = useTranslation()

  return (
    <div className={classes.tools}>
      <SearchField
        label={t('platform.search')}
        value={wanted.q}
        onSearch={(q) => onWanted({ ...wanted, q })}
      />
      <SegmentedControl
        aria-label={t('platform.state')}
        value={wanted.state}
        onChange={(state) => onWanted({ ...wanted, state })}
        data={states.map((value) => ({ value, label: t(`platform.filters.${value}`) }))}
      />
    </div>
  )
}
