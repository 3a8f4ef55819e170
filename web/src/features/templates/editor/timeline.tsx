import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { fullTime } from '@/shared/format/time'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { ptBR } from '@/shared/i18n/pt-br'
import { SectionCard } from '@/shared/ui/section-card'
import { useHistory } from '../api'
import type { Happened } from '../types'
import classes from './editor.module.css'

/** What Meta said, the newest first. */
export function Timeline({ templateId }: { templateId: string }) {
  const { t } = useTranslation()
  const style = useTimeStyle()
  const sentence = useSentence()
  const { data: history } = useHistory(templateId)

  return (
    <SectionCard title={t('templates.timeline')}>
      {!history ? (
        <Skeleton height={80} />
      ) : history.length === 0 ? (
        <p className={classes.soft}>{t('templates.timelineEmpty')}</p>
      ) : (
        <ol className={classes.timeline}>
          {history.map((happened) => (
            <li key={happened.id} data-bad={isBad(happened) || undefined}>
              <span>{sentence(happened)}</span>
              {happened.reason && <span className={classes.reason}>{happened.reason}</span>}
              <time dateTime={happened.happened_at} className={classes.soft}>
                {fullTime(new Date(happened.happened_at), style)}
              </time>
            </li>
          ))}
        </ol>
      )}
    </SectionCard>
  )
}

const BAD = ['REJECTED', 'DISABLED', 'PAUSED', 'RED', 'DELETED']

function isBad({ kind, value }: Happened): boolean {
  return kind === 'refused' || kind === 'missing' || BAD.includes(value ?? '')
}

type Words = Record<string, string>

const { statuses, categories, scores } = ptBR.templates

function useSentence(): (happened: Happened) => string {
  const { t } = useTranslation()

  function word(value: string): string {
    if (within(statuses, value)) return t(`templates.statuses.${value}`)
    if (within(categories, value)) return t(`templates.categories.${value}`)
    return within(scores, value) ? t(`templates.scores.${value}`) : value
  }
  return ({ kind, value }) => t(`templates.history.${kind}`, { value: word(value ?? '') })
}

function within<T extends Words>(words: T, value: string): value is Extract<keyof T, string> {
  return Object.hasOwn(words, value)
}
