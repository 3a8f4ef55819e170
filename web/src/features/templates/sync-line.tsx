import { Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { nearTime } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { useSyncs } from './api'
import classes from './templates.module.css'

/** Where the reading of Meta's templates stands; told aloud, as it goes on by itself. */
export function SyncLine() {
  const { t } = useTranslation()
  const { data: syncs = [] } = useSyncs()
  const now = useNow()
  const style = useTimeStyle()
  const running = syncs.filter(({ state }) => state !== 'idle')
  const failed = syncs.find(({ error }) => error !== null)
  const ended = syncs.flatMap(({ finished_at }) => finished_at ?? [])
  const last = ended.sort().at(-1)

  return (
    <p
      className={classes.sync}
      role="status"
      data-failed={running.length === 0 && failed ? true : undefined}
    >
      {running.length > 0 ? (
        <>
          <Loader size={14} aria-hidden="true" />
          {t('templates.syncing', {
            count: running.reduce((sum, { fetched }) => sum + fetched, 0),
          })}
        </>
      ) : failed ? (
        t('templates.syncFailed', { reason: failed.error })
      ) : last ? (
        t('templates.syncedAt', { when: nearTime(new Date(last), now, style) })
      ) : (
        t('templates.neverSynced')
      )}
    </p>
  )
}
