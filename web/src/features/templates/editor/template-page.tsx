import { Anchor, Skeleton, VisuallyHidden } from '@mantine/core'
import { IconArrowLeft, IconTemplate } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import { ApiError } from '@/shared/api/errors'
import { Failure } from '@/shared/ui/failure'
import { Notice } from '@/shared/ui/notice'
import { Page } from '@/shared/ui/page'
import { templateQuery, useLiveTemplates } from '../api'
import type { Template } from '../types'
import { DeleteCard } from './delete-card'
import { Editor } from './editor'
import classes from './editor.module.css'
import { LanguageTabs } from './language-tabs'
import { Standing } from './standing'
import { Timeline } from './timeline'
import { UseCard } from './use-card'

interface TemplatePageProps {
  templateId: string
  onOpen: (id: string) => void
  onDeleted: () => void
}

export function TemplatePage({ templateId, onOpen, onDeleted }: TemplatePageProps) {
  const { t } = useTranslation()
  const { data: template, error, refetch } = useQuery(templateQuery(templateId))
  useLiveTemplates()

  if (template) return <Loaded template={template} onOpen={onOpen} onDeleted={onDeleted} />
  return (
    <Page title={t('templates.title')} back={<Back />} width="wide">
      {error instanceof ApiError && error.status === 404 ? (
        <Notice icon={<IconTemplate size={26} stroke={1.6} />} title={t('templates.gone')} />
      ) : error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <div className={classes.columns}>
          <VisuallyHidden role="status">{t('app.loading')}</VisuallyHidden>
          <Skeleton height={480} radius="lg" />
          <Skeleton height={420} radius="lg" />
        </div>
      )}
    </Page>
  )
}

interface LoadedProps {
  template: Template
  onOpen: (id: string) => void
  onDeleted: () => void
}

function Loaded({ template, onOpen, onDeleted }: LoadedProps) {
  const mayWrite = useCan()('templates.write')

  return (
    <Page title={template.name} back={<Back />} width="wide">
      <LanguageTabs template={template} mayWrite={mayWrite} onOpen={onOpen} />
      <Standing template={template} />
      {/* Another language, or what Meta has taken over, begins anew. */}
      <Editor key={template.id} template={template} mayWrite={mayWrite} />
      <div className={classes.columns}>
        <Timeline templateId={template.id} />
        <div className={classes.column}>
          <UseCard template={template} mayWrite={mayWrite} />
          {mayWrite && <DeleteCard template={template} onDeleted={onDeleted} />}
        </div>
      </div>
    </Page>
  )
}

function Back() {
  const { t } = useTranslation()
  return (
    <Anchor inherit c="dimmed" renderRoot={(props) => <Link {...props} to="/templates" />}>
      <IconArrowLeft size={15} stroke={1.8} className={classes.arrow} aria-hidden="true" />{' '}
      {t('templates.title')}
    </Anchor>
  )
}
