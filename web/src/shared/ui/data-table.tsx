import { Skeleton, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DataColumn, DataListProps } from './data-list'
import classes from './data-list.module.css'

const WIDTHS = [70, 48, 60, 54, 66]

export function DataTable<T>(props: DataListProps<T>) {
  const { label, items, columns } = props

  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label={label} aria-busy={items === undefined}>
        <thead>
          <tr>
            {columns.map(({ key, label: heading, actions }) => (
              <th key={key} scope="col" data-actions={actions}>
                {actions ? <VisuallyHidden>{heading}</VisuallyHidden> : heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{items ? <Rows {...props} items={items} /> : <Ghosts {...props} />}</tbody>
      </table>
    </div>
  )
}

interface RowsProps<T> extends DataListProps<T> {
  items: readonly T[]
}

function Rows<T>({ items, keyOf, columns, onOpen }: RowsProps<T>) {
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

interface TitleProps<T> {
  item: T
  column: DataColumn<T>
  onOpen: ((item: T) => void) | undefined
}

/** Its button is as large as the row. */
export function Title<T>({ item, column, onOpen }: TitleProps<T>) {
  if (!onOpen) return <>{column.render(item)}</>
  return (
    <UnstyledButton className={classes.open} onClick={() => onOpen(item)}>
      {column.render(item)}
    </UnstyledButton>
  )
}

function Ghosts<T>({ columns, skeletonRows = 5 }: DataListProps<T>) {
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
