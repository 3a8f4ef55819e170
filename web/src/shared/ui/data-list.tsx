import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { DataCards } from './data-cards'
import { DataTable } from './data-table'

export interface DataColumn<T> {
  key: string
  /** Of a column of actions only readers of the table hear it. */
  label: string
  render: (item: T) => ReactNode
  hideOnPhone?: boolean
  /** Buttons for the item: at its end, without a visible label. */
  actions?: boolean
}

export interface DataListProps<T> {
  /** What is listed, for whoever cannot see it. */
  label: string
  /** None yet: skeletons. */
  items: readonly T[] | undefined
  keyOf: (item: T) => string
  /** The first names the item: it is the button that opens it, and the card's title. */
  columns: readonly DataColumn<T>[]
  onOpen?: ((item: T) => void) | undefined
  /** Instead of a list without items. */
  empty: ReactNode
  skeletonRows?: number
}

/** A table, and on a phone a card for each of its rows. */
export function DataList<T>(props: DataListProps<T>) {
  const phone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false })

  if (props.items?.length === 0) return <>{props.empty}</>
  return phone ? <DataCards {...props} /> : <DataTable {...props} />
}
