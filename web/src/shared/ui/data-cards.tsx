import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DataListProps } from './data-list'
import classes from './data-list.module.css'
import { SortChoice } from './data-sort'
import { Title } from './data-table'

export function DataCards<T, Sort extends string>({
  label,
  items,
  keyOf,
  columns,
  onOpen,
  skeletonRows = 5,
  sorted,
  onSort,
}: DataListProps<T, Sort>) {
  const { t } = useTranslation()
  const [title, ...others] = columns
  const lines = others.filter(({ actions, hideOnPhone }) => !actions && !hideOnPhone)
  const actions = others.filter((column) => column.actions)

  if (!items) {
    return (
      <div role="status" aria-label={t('app.loading')} className={classes.cards}>
        {Array.from({ length: skeletonRows }, (_, row) => (
          <div key={row} className={classes.card}>
            <Skeleton height={13} width="55%" radius="sm" />
            <Skeleton height={11} width="80%" radius="sm" mt={12} />
          </div>
        ))}
      </div>
    )
  }

  return (
    <>
      {onSort && <SortChoice columns={columns} sorted={sorted} onSort={onSort} />}
      <ul className={classes.cards} aria-label={label}>
        {items.map((item) => (
          <li key={keyOf(item)} className={classes.card} data-open={onOpen ? true : undefined}>
            <div className={classes.cardHead}>
              <div className={classes.cardTitle}>
                {title && <Title item={item} column={title} onOpen={onOpen} />}
              </div>
              {actions.map((column) => (
                <div key={column.key} data-actions>
                  {column.render(item)}
                </div>
              ))}
            </div>
            {lines.length > 0 && (
              <dl className={classes.lines}>
                {lines.map((column) => (
                  <div key={column.key}>
                    <dt>{column.label}</dt>
                    <dd>{column.render(item)}</dd>
                  </div>
                ))}
              </dl>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
