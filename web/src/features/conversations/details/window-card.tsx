import { useTranslation } from 'react-i18next'
import { countdown, nearTime } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import { useTimeStyle } from '@/shared/format/use-time-style'
import type { Conversation } from '../types'
import { windowState, windowTone } from '../window-state'
import classes from './window-card.module.css'

const WHOLE = 24 * 60 * 60 * 1000
const RADIUS = 15
const ROUND = 2 * Math.PI * RADIUS

/** The 24 hours in which a free answer is allowed, as a clock that runs down. */
export function WindowCard({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation()
  const style = useTimeStyle()
  const now = useNow()
  const state = windowState(conversation, now)
  const tone = windowTone(state)
  const time = countdown(state.left)

  return (
    <section className={classes.card} data-tone={tone}>
      <svg viewBox="0 0 36 36" width="44" height="44" aria-hidden="true">
        <circle className={classes.track} cx="18" cy="18" r={RADIUS} />
        <circle
          className={classes.rest}
          cx="18"
          cy="18"
          r={RADIUS}
          strokeDasharray={ROUND}
          strokeDashoffset={ROUND * (1 - Math.min(1, state.left / WHOLE))}
          transform="rotate(-90 18 18)"
        />
      </svg>
      <div>
        <h4>{t('details.window')}</h4>
        <strong>
          {tone === 'closed' ? t('details.windowClosed') : t('details.windowLeft', { time })}
        </strong>
        <p>
          {state.expires === null
            ? t('details.windowNever')
            : tone === 'closed'
              ? t('details.windowClosedText')
              : t('details.windowOpenText', { time: nearTime(state.expires, now, style) })}
        </p>
      </div>
    </section>
  )
}
