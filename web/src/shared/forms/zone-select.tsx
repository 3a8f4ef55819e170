import {
  Select,
  type ComboboxParsedItem,
  type OptionsFilter,
  type SelectProps,
} from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { isMeant, zoneOptions } from './zones'

const SHOWN_AT_ONCE = 120

interface ZoneSelectProps extends Omit<SelectProps, 'data' | 'filter' | 'onChange'> {
  value: string
  onChange: (zone: string) => void
  /** Listed even when the browser does not know it. */
  saved?: string
}

/** A time zone, found by its cities. */
export function ZoneSelect({ value, saved = value, onChange, ...others }: ZoneSelectProps) {
  const { t, i18n } = useTranslation()
  const locale = i18n.language
  const zones = useMemo(() => zoneOptions(saved, new Date(), locale), [saved, locale])

  return (
    <Select
      searchable
      label={t('organization.timezone')}
      placeholder={t('organization.timezoneSearch')}
      nothingFoundMessage={t('organization.timezoneNone')}
      data={[
        { group: t('organization.timezonesBrazil'), items: zones.brazil },
        { group: t('organization.timezonesWorld'), items: zones.world },
      ]}
      filter={meant}
      limit={SHOWN_AT_ONCE}
      allowDeselect={false}
      selectFirstOptionOnChange
      maxDropdownHeight={320}
      value={value}
      onChange={(zone) => zone !== null && onChange(zone)}
      {...others}
    />
  )
}

const meant: OptionsFilter = ({ options, search }) =>
  options.flatMap<ComboboxParsedItem>((each) => {
    if (!('group' in each)) return isMeant(each, search) ? [each] : []
    const items = each.items.filter((item) => isMeant(item, search))
    return items.length > 0 ? [{ ...each, items }] : []
  })
