import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { peopleQuery, type Names } from './api'

interface PersonFilterProps {
  value: string | undefined
  names: Names
  onChange: (who: string | undefined) => void
}

export function PersonFilter({ value, names, onChange }: PersonFilterProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [wanted] = useDebouncedValue(typed, 250)
  const chosenName = value === undefined ? undefined : names[value]
  // What is chosen stands in the field, too; it is nothing to look for.
  const { data: people = [] } = useQuery(peopleQuery(wanted === chosenName ? '' : wanted))
  const options = people.map(({ id, full_name }) => ({ value: id, label: full_name }))
  const isListed = options.some((option) => option.value === value)
  const data =
    value === undefined || isListed ? options : [{ value, label: chosenName ?? '…' }, ...options]

  return (
    <Select
      clearable
      searchable
      label={t('audit.person')}
      placeholder={t('audit.anybody')}
      nothingFoundMessage={t('audit.nobodyFound')}
      data={data}
      // The server has searched already, by e-mail address as well.
      filter={({ options: found }) => found}
      onSearchChange={setTyped}
      value={value ?? null}
      onChange={(who) => onChange(who ?? undefined)}
    />
  )
}
