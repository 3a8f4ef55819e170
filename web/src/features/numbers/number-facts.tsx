import { useTranslation } from 'react-i18next'
import { nearTime } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import { useTimeStyle } from '@/shared/format/use-time-style'
import type { WhatsAppNumber } from './api'
import { MoodMark } from './mood-mark'
import classes from './numbers.module.css'
import {
  isRegistered,
  isUnproven,
  limitMood,
  peopleOfTier,
  proofMood,
  proofWord,
  qualityMood,
  qualityWord,
  statusMood,
  statusWord,
  tierWord,
} from './standing'

/** How the number is, as Meta says. */
export function NumberFacts({ number }: { number: WhatsAppNumber }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const style = useTimeStyle()
  const heard = number.last_event_at

  return (
    <dl className={classes.facts}>
      <div>
        <dt>{t('numbers.status')}</dt>
        <dd>
          <MoodMark mood={statusMood(number)}>{statusWord(t, number.status)}</MoodMark>
        </dd>
      </div>
      <div>
        <dt>{t('numbers.proof')}</dt>
        <dd>
          <MoodMark mood={proofMood(number)}>
            {proofWord(t, number.code_verification_status)}
          </MoodMark>
          {isUnproven(number) && (
            <>
              <br />
              {t(isRegistered(number) ? 'numbers.proofLater' : 'numbers.proofNow')}
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('numbers.quality')}</dt>
        <dd>
          <MoodMark mood={qualityMood(number.quality_rating)}>
            {qualityWord(t, number.quality_rating)}
          </MoodMark>
        </dd>
      </div>
      <div>
        <dt>{t('numbers.limit')}</dt>
        <dd>
          {tierWord(t, number.messaging_limit_tier, i18n.language)}
          <LimitUse number={number} />
        </dd>
      </div>
      <div>
        <dt>{t('numbers.pace')}</dt>
        <dd>
          {t('numbers.perSecond', {
            messages: number.throughput_per_second.toLocaleString(i18n.language),
          })}
        </dd>
      </div>
      <div>
        <dt>{t('numbers.lastEvent')}</dt>
        <dd>{heard ? nearTime(new Date(heard), now, style) : t('numbers.never')}</dd>
      </div>
    </dl>
  )
}

/** How much of the limit is used, and what waits because it is full. */
function LimitUse({ number }: { number: WhatsAppNumber }) {
  const { t, i18n } = useTranslation()
  const limit = peopleOfTier(number.messaging_limit_tier)
  if (limit === undefined) return null
  const count = number.messages_waiting
  return (
    <>
      <br />
      <MoodMark mood={limitMood(number, limit)}>
        {t('numbers.limitUsed', { people: number.customers_reached.toLocaleString(i18n.language) })}
      </MoodMark>
      {count > 0 && (
        <>
          <br />
          {t('numbers.limitWaiting', { count })}
        </>
      )}
    </>
  )
}
