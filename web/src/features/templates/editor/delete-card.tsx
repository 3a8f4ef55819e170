import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { useConfirm } from '@/shared/ui/confirm'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone, toastFailed } from '@/shared/ui/toast'
import { useDelete } from '../api'
import { languageName } from '../filters'
import type { Template } from '../types'

interface DeleteCardProps {
  template: Template
  onDeleted: () => void
}

export function DeleteCard({ template, onDeleted }: DeleteCardProps) {
  const { t, i18n } = useTranslation()
  const confirm = useConfirm()
  const errorText = useErrorText()
  const remove = useDelete(template.id)
  const isDraft = template.meta_template_id === null

  async function ask(): Promise<void> {
    const language = languageName(template.language, i18n.language)
    const sure = await confirm({
      title: t('templates.deleteQuestion', { name: template.name, language }),
      text: t(isDraft ? 'templates.deleteDraftText' : 'templates.deleteText'),
      confirm: t('templates.delete'),
      danger: true,
    })
    if (!sure) return
    try {
      await remove.mutateAsync()
      toastDone(t(isDraft ? 'templates.deleted' : 'templates.deleteAsked'))
      onDeleted()
    } catch (error) {
      toastFailed(errorText(error))
    }
  }

  return (
    <SectionCard
      danger
      title={t('templates.deleteTitle')}
      description={t('templates.deleteNote')}
      action={
        <Button
          variant="light"
          color="red"
          loading={remove.isPending}
          disabled={template.call !== null}
          onClick={() => void ask()}
        >
          {t('templates.delete')}
        </Button>
      }
    />
  )
}
