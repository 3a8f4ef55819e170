import { Badge, Skeleton, Stack } from '@mantine/core'
import { IconMailOpened, IconMailOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/shared/api/errors'
import { fullTime, listTime } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import { Failure } from '@/shared/ui/failure'
import { Notice } from '@/shared/ui/notice'
import { LinkedText } from './linked-text'
import { useOutbox, type Letter } from './outbox-api'
import classes from './outbox.module.css'

/** The letters of an installation that sends none, as their readers would have got them. */
export function OutboxList() {
  const { t } = useTranslation()
  const { data: letters, error, refetch } = useOutbox()

  if (error instanceof ApiError && error.status === 404) {
    return (
      <Notice icon={<IconMailOff size={26} stroke={1.6} />} title={t('outbox.closedTitle')}>
        {t('outbox.closedText')}
      </Notice>
    )
  }
  if (error && !letters) return <Failure error={error} onRetry={() => void refetch()} />
  if (!letters) return <Waiting />
  if (letters.length === 0) {
    return (
      <Notice icon={<IconMailOpened size={26} stroke={1.6} />} title={t('outbox.emptyTitle')}>
        {t('outbox.emptyText')}
      </Notice>
    )
  }
  return (
    <ul className={classes.letters} aria-label={t('outbox.title')}>
      {letters.map((letter) => (
        <LetterCard key={letter.id} letter={letter} />
      ))}
    </ul>
  )
}

function LetterCard({ letter }: { letter: Letter }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const at = new Date(letter.created_at)
  // Nobody is signed in, so there is no organization whose clock would count.
  const style = {
    locale: i18n.language,
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  }

  return (
    <li className={classes.letter}>
      <article aria-labelledby={letter.id}>
        <div className={classes.head}>
          <h2 id={letter.id} className={classes.subject}>
            {letter.subject}
          </h2>
          <time dateTime={letter.created_at} title={fullTime(at, style)}>
            {listTime(at, now, style)}
          </time>
        </div>
        <div className={classes.facts}>
          <span>{t('outbox.to', { recipient: letter.recipient })}</span>
          {letter.status !== 'kept' && (
            <Badge variant="light" color={letter.status === 'failed' ? 'red' : 'gray'}>
              {t(`outbox.status.${letter.status}`)}
            </Badge>
          )}
        </div>
        <p className={classes.text}>
          <LinkedText text={letter.text.trim()} />
        </p>
      </article>
    </li>
  )
}

function Waiting() {
  const { t } = useTranslation()
  return (
    <Stack gap="md" role="status" aria-label={t('app.loading')}>
      <Skeleton height={150} radius="lg" />
      <Skeleton height={150} radius="lg" />
    </Stack>
  )
}
