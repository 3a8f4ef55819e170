import { Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './templates.module.css'
import type { Template } from './types'

const TONES: Partial<Record<Template['meta_status'], string>> = {
  APPROVED: 'good',
  PENDING: 'wait',
  IN_APPEAL: 'wait',
  REJECTED: 'bad',
  DISABLED: 'bad',
  DELETED: 'bad',
  PAUSED: 'warn',
  FLAGGED: 'warn',
}

/** How the template stands with Meta. The word says it all; the colour repeats it. */
export function StatusBadge({ template }: { template: Template }) {
  const { t } = useTranslation()
  const { meta_status: status, call } = template

  if (call) {
    return (
      <span className={classes.badge} data-tone="wait">
        <Loader size={11} color="currentColor" aria-hidden="true" />
        {t('templates.asking')}
      </span>
    )
  }
  return (
    <span className={classes.badge} data-tone={TONES[status] ?? 'plain'} data-dot="">
      {t(`templates.statuses.${status}`)}
    </span>
  )
}
