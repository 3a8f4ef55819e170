import { Select, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DataColumn, Sorted } from './data-list'
import classes from './data-list.module.css'

interface SortedHeadProps<T, Sort extends string> {
  column: DataColumn<T, Sort>
  sorted: Sorted<Sort> | undefined
  onSort: (sorted: Sorted<Sort> | undefined) => void
}

/** A heading that sorts: one way, the other way, and then as the list is by itself. */
export function SortedHead<T, Sort extends string>({
  column,
  sorted,
  onSort,
}: SortedHeadProps<T, Sort>) {
  const ways = waysOf(column)
  const at = ways.findIndex((way) => way === sorted)
  const Arrow = at === -1 ? IconArrowsSort : isDown(ways[at]) ? IconArrowDown : IconArrowUp

  return (
    <th scope="col" aria-sort={at === -1 ? 'none' : isDown(ways[at]) ? 'descending' : 'ascending'}>
      <UnstyledButton
        className={classes.sort}
        data-sorted={at === -1 ? undefined : true}
        onClick={() => onSort(ways[at + 1])}
      >
        {column.label}
        <Arrow size={14} stroke={2} aria-hidden="true" />
      </UnstyledButton>
    </th>
  )
}

interface SortChoiceProps<T, Sort extends string> extends Omit<SortedHeadProps<T, Sort>, 'column'> {
  columns: readonly DataColumn<T, Sort>[]
}

/** Where there are no headings. */
export function SortChoice<T, Sort extends string>({
  columns,
  sorted,
  onSort,
}: SortChoiceProps<T, Sort>) {
  const { t } = useTranslation()
  const choices = columns.flatMap((column) => {
    const way = waysOf(column)[0]
    return way ? [{ value: way, label: column.label }] : []
  })

  return (
    <Select
      aria-label={t('app.sortBy')}
      placeholder={t('app.sortBy')}
      leftSection={<IconArrowsSort size={16} stroke={1.8} />}
      mb="sm"
      clearable
      data={choices}
      value={choices.find(({ value }) => value === sorted)?.value ?? null}
      onChange={(value) => onSort(choices.find((choice) => choice.value === value)?.value)}
    />
  )
}

function waysOf<T, Sort extends string>({ sort, downFirst }: DataColumn<T, Sort>): Sorted<Sort>[] {
  if (!sort) return []
  return downFirst ? [`-${sort}`, sort] : [sort, `-${sort}`]
}

function isDown(sorted: string | undefined): boolean {
  return sorted?.startsWith('-') ?? false
}
