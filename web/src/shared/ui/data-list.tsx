import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { DataCards } from './data-cards'
import { DataTable } from './data-table'

export interface DataColumn<T, Sort extends string = never> {
  key: string
  /** Of a column of actions only readers of the table hear it. */
  label: string
  render: (item: T) => ReactNode
  hideOnPhone?: boolean
  /** The list can be sorted by it: its name, and with a minus sign the other way round. */
  sort?: Sort
  /** What is meant by pressing it first: the latest, not the earliest. */
  downFirst?: boolean
  /** Buttons for the item: at its end, without a visible label. */
  actions?: boolean
}

export interface DataListProps<T, Sort extends string = never> {
  /** What is listed, for whoever cannot see it. */
  label: string
  /** None yet: skeletons. */
  items: readonly T[] | undefined
  keyOf: (item: T) => string
  /** The first names the item: it is the button that opens it, and the card's title. */
  columns: readonly DataColumn<T, Sort>[]
  onOpen?: ((item: T) => void) | undefined
  /** Instead of a list without items. */
  empty: ReactNode
  skeletonRows?: number
  /** How it is sorted now, and what to do about it; a third press is no order of one's own. */
  sorted?: Sorted<Sort> | undefined
  onSort?: ((sorted: Sorted<Sort> | undefined) => void) | undefined
}

export type Sorted<Sort extends string> = Sort | `-${Sort}`

/** A table, and on a phone a card for each of its rows. */
export function DataList<T, Sort extends string = never>(props: DataListProps<T, Sort>) {
  const phone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false })

  if (props.items?.length === 0) return <>{props.empty}</>
  return phone ? <DataCards {...props} /> : <DataTable {...props} />
}
