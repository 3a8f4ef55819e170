import { Alert } from '@mantine/core'
import { IconAlertCircle, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { fullTime } from '@/shared/format/time'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { StatusBadge } from '../status-badge'
import classes from '../templates.module.css'
import type { Template } from '../types'

/** How the template stands with Meta, and why, in Meta's words. */
export function Standing({ template }: { template: Template }) {
  const { t } = useTranslation()
  const style = useTimeStyle()
  const { refusal, meta_status: status, rejection_reason: reason, missing_since } = template
  const { correct_category, category_changes_at: at, content, quality_score } = template
  const score = SCORES.find((one) => one === quality_score.score)

  return (
    <>
      <p className={classes.small} role="status">
        <StatusBadge template={template} />
        {template.category && <span>{t(`templates.categories.${template.category}`)}</span>}
        {score && (
          <span>
            {t('templates.quality')}: {t(`templates.scores.${score}`)}
          </span>
        )}
      </p>
      {refusal && (
        <Bad title={t('templates.refusedTitle')}>
          {[refusal.title, refusal.message].filter((text) => text !== null).join(' — ')}
        </Bad>
      )}
      {reason && !missing_since && (
        <Bad
          title={
            status === 'REJECTED' ? t('templates.rejectedTitle') : t(`templates.statuses.${status}`)
          }
        >
          {reason}
        </Bad>
      )}
      {missing_since && <Bad title={t('templates.missingTitle')}>{t('templates.missingText')}</Bad>}
      {correct_category && (
        <Alert color="yellow" icon={<IconInfoCircle size={18} />}>
          {t('templates.impending', {
            category: t(`templates.categories.${correct_category}`),
            when: at ? fullTime(new Date(at), style) : '…',
          })}
        </Alert>
      )}
      {content.strange.length > 0 && (
        <Alert color="yellow" icon={<IconInfoCircle size={18} />}>
          {t('templates.strange', { parts: content.strange.join(', ') })}
        </Alert>
      )}
    </>
  )
}

const SCORES = ['GREEN', 'YELLOW', 'RED', 'UNKNOWN'] as const

function Bad({ title, children }: { title: string; children: string }) {
  return (
    <Alert color="red" icon={<IconAlertCircle size={18} />} title={title}>
      {children}
    </Alert>
  )
}
