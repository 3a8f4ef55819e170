import {
  IconAlertCircleFilled,
  IconCheck,
  IconChecks,
  IconClock,
  IconHelpCircle,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './ticks.module.css'

interface Look {
  label:
    | 'tick.pending'
    | 'tick.accepted'
    | 'tick.sent'
    | 'tick.delivered'
    | 'tick.read'
    | 'tick.played'
    | 'tick.failed'
    | 'tick.unknown'
  icon: Icon
  tone?: 'read' | 'failed'
}

const looks: Record<string, Look> = {
  pending: { label: 'tick.pending', icon: IconClock },
  accepted: { label: 'tick.accepted', icon: IconClock },
  unknown: { label: 'tick.unknown', icon: IconHelpCircle },
  sent: { label: 'tick.sent', icon: IconCheck },
  delivered: { label: 'tick.delivered', icon: IconChecks },
  read: { label: 'tick.read', icon: IconChecks, tone: 'read' },
  played: { label: 'tick.played', icon: IconChecks, tone: 'read' },
  failed: { label: 'tick.failed', icon: IconAlertCircleFilled, tone: 'failed' },
}

/** How far a message of ours has come. */
export function Ticks({ status }: { status: string }) {
  const { t } = useTranslation()
  const look = looks[status]
  if (!look) return null
  const label = t(look.label)

  return (
    <span
      className={classes.ticks}
      data-tone={look.tone}
      role="img"
      aria-label={label}
      title={label}
    >
      <look.icon size={15} stroke={2} aria-hidden="true" />
    </span>
  )
}
