import { Select, type ComboboxParsedItem, type OptionsFilter } from '@mantine/core'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { clock } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import { isMeant, zoneOptions } from './timezones'

const SHOWN_AT_ONCE = 120

interface TimezoneSelectProps {
  value: string
  saved: string
  onChange: (zone: string) => void
  readOnly: boolean
  error?: ReactNode
}

export function TimezoneSelect({ value, saved, onChange, readOnly, error }: TimezoneSelectProps) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const locale = i18n.language
  const zones = useMemo(() => zoneOptions(saved, new Date(), locale), [saved, locale])

  return (
    <Select
      searchable
      label={t('organization.timezone')}
      description={t('organization.timezoneHint')}
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
      readOnly={readOnly}
      value={value}
      error={error}
      inputContainer={(input) => (
        <>
          {input}
          <Clock>
            {t('organization.timezoneNow', { time: clock(now, { locale, zone: value }) })}
          </Clock>
        </>
      )}
      onChange={(zone) => zone !== null && onChange(zone)}
    />
  )
}

function Clock({ children }: { children: ReactNode }) {
  return (
    <div style={{ marginTop: 6, color: 'var(--ink-faint)', fontSize: '0.8125rem' }}>{children}</div>
  )
}

const meant: OptionsFilter = ({ options, search }) =>
  options.flatMap<ComboboxParsedItem>((each) => {
    if (!('group' in each)) return isMeant(each, search) ? [each] : []
    const items = each.items.filter((item) => isMeant(item, search))
    return items.length > 0 ? [{ ...each, items }] : []
  })
