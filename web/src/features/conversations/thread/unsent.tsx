import { Progress } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { IconRefresh, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { discard, isAboutItself, retry, type Outgoing } from '../composer/outgoing'
import classes from './bubble.module.css'

/** Below a message that did not leave: why, and what to do with it. */
export function Unsent({ unsent }: { unsent: Outgoing }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const queries = useQueryClient()
  if (unsent.state !== 'failed') return <OnItsWay unsent={unsent} />
  return (
    <div className={classes.failure} role="alert">
      <strong>{t('tick.failed')}.</strong> {errorText(unsent.error)}
      <span className={classes.remedies}>
        {!isAboutItself(unsent.error) && (
          <button type="button" onClick={() => retry(queries, unsent.conversationId)}>
            <IconRefresh size={14} stroke={1.9} aria-hidden="true" />
            {t('errors.retry')}
          </button>
        )}
        <button type="button" onClick={() => discard(unsent.key)}>
          <IconTrash size={14} stroke={1.9} aria-hidden="true" />
          {t('composer.discard')}
        </button>
      </span>
    </div>
  )
}

/** How far its file is. What the server has already taken cannot be stopped any more. */
function OnItsWay({ unsent: { key, file } }: { unsent: Outgoing }) {
  const { t } = useTranslation()
  if (!file || file.stored) return null
  return (
    <div className={classes.upload}>
      <Progress
        size="sm"
        value={file.progress * 100}
        aria-label={t('composer.uploading')}
        className={classes.uploaded}
      />
      <button type="button" onClick={() => discard(key)}>
        {t('composer.stop')}
      </button>
    </div>
  )
}
