import { Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Tag, type Tone } from '@/shared/ui/tag'
import type { Template } from './types'

const TONES: Partial<Record<Template['meta_status'], Tone>> = {
  APPROVED: 'good',
  PENDING: 'wait',
  IN_APPEAL: 'wait',
  REJECTED: 'bad',
  DISABLED: 'bad',
  DELETED: 'bad',
  PAUSED: 'warn',
  FLAGGED: 'warn',
}

/** How the template stands with Meta. */
export function StatusBadge({ template }: { template: Template }) {
  const { t } = useTranslation()
  const { meta_status: status, call } = template

  if (call) {
    const asking = <Loader size={11} color="currentColor" aria-hidden="true" />
    return (
      <Tag tone="wait" mark={asking}>
        {t('templates.asking')}
      </Tag>
    )
  }
  return <Tag tone={TONES[status]}>{t(`templates.statuses.${status}`)}</Tag>
}
