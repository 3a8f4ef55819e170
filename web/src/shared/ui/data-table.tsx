import { Skeleton, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DataColumn, DataListProps } from './data-list'
import classes from './data-list.module.css'
import { SortedHead } from './data-sort'

const WIDTHS = [70, 48, 60, 54, 66]

export function DataTable<T, Sort extends string>(props: DataListProps<T, Sort>) {
  const { label, items, columns, sorted, onSort } = props

  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label={label} aria-busy={items === undefined}>
        <thead>
          <tr>
            {columns.map((column) =>
              column.sort && onSort ? (
                <SortedHead key={column.key} column={column} sorted={sorted} onSort={onSort} />
              ) : (
                <th key={column.key} scope="col" data-actions={column.actions}>
                  {column.actions ? <VisuallyHidden>{column.label}</VisuallyHidden> : column.label}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>{items ? <Rows {...props} items={items} /> : <Ghosts {...props} />}</tbody>
      </table>
    </div>
  )
}

interface RowsProps<T, Sort extends string> extends DataListProps<T, Sort> {
  items: readonly T[]
}

function Rows<T, Sort extends string>({ items, keyOf, columns, onOpen }: RowsProps<T, Sort>) {
  return items.map((item) => (
    <tr key={keyOf(item)} data-open={onOpen ? true : undefined}>
      {columns.map((column, index) => (
        <td key={column.key} data-actions={column.actions}>
          {index === 0 ? (
            <Title item={item} column={column} onOpen={onOpen} />
          ) : (
            column.render(item)
          )}
        </td>
      ))}
    </tr>
  ))
}

interface TitleProps<T, Sort extends string> {
  item: T
  column: DataColumn<T, Sort>
  onOpen: ((item: T) => void) | undefined
}

/** Its button is as large as the row. */
export function Title<T, Sort extends string>({ item, column, onOpen }: TitleProps<T, Sort>) {
  if (!onOpen) return <>{column.render(item)}</>
  return (
    <UnstyledButton className={classes.open} onClick={() => onOpen(item)}>
      {column.render(item)}
    </UnstyledButton>
  )
}

function Ghosts<T, Sort extends string>({ columns, skeletonRows = 5 }: DataListProps<T, Sort>) {
  const { t } = useTranslation()

  return Array.from({ length: skeletonRows }, (_, row) => (
    <tr key={row}>
      {columns.map(({ key, actions }, column) => (
        <td key={key} data-actions={actions}>
          {row === 0 && column === 0 && (
            <VisuallyHidden role="status">{t('app.loading')}</VisuallyHidden>
          )}
          {!actions && (
            <Skeleton
              height={12}
              width={`${WIDTHS[(row + column) % WIDTHS.length] ?? 60}%`}
              radius="sm"
              my={6}
            />
          )}
        </td>
      ))}
    </tr>
  ))
}
