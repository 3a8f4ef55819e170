import { Loader } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import type { Message } from '../types'
import { useRetry } from './links'
import classes from './media.module.css'

/** What is said of a file that is not here: that it is coming, or why it is not. */
export function Missing({ message }: { message: Message }) {
  const { t } = useTranslation()
  const { media } = message
  if (!media || media.state === 'stored') return null

  if (media.state === 'waiting') {
    return (
      <span className={classes.note} role="status">
        <Loader size={12} color="gray" aria-hidden="true" />
        {t(media.error ? 'media.retrying' : 'media.fetching')}
      </span>
    )
  }
  return (
    <span className={classes.note} data-failed>
      <IconAlertTriangle size={15} stroke={1.8} aria-hidden="true" />
      <span>{t(`media.error.${media.error ?? 'gave_up'}`)}</span>
      <RetryButton message={message} />
    </span>
  )
}

function RetryButton({ message }: { message: Message }) {
  const { t } = useTranslation()
  const can = useCan()
  const retry = useRetry(message)
  if (!can('conversations.reply')) return null
  return (
    <button
      type="button"
      className={classes.retry}
      disabled={retry.isPending}
      onClick={() => {
        retry.mutate()
      }}
    >
      <IconRefresh size={14} stroke={1.9} aria-hidden="true" />
      {t('media.retry')}
    </button>
  )
}
