import { useTranslation } from 'react-i18next'
import type { ConversationCounts, Filter } from '../types'
import classes from './filter-label.module.css'

const labels = {
  live: 'conversations.live',
  resolved: 'conversations.resolved',
  all: 'conversations.all',
} as const

interface FilterLabelProps {
  filter: Filter
  counted?: ConversationCounts['by_filter'][string] | undefined
}

/** A list's name, and how many conversations are in it once that is known. */
export function FilterLabel({ filter, counted }: FilterLabelProps) {
  const { t, i18n } = useTranslation()
  const number = new Intl.NumberFormat(i18n.language)
  return (
    <>
      {t(labels[filter])}{' '}
      {counted && (
        <span className={classes.count}>
          {number.format(counted.count)}
          {!counted.is_exact && '+'}
        </span>
      )}
    </>
  )
}
