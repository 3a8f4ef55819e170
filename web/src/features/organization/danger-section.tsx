import { Alert, Button, List } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { useConfirm } from '@/shared/ui/confirm'
import { SectionCard } from '@/shared/ui/section-card'
import { useDeleteOrganization, type Organization } from './api'

const FACTS = ['out', 'kept', 'back', 'trail'] as const

export function DangerSection({ organization }: { organization: Organization }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const confirm = useConfirm()
  const remove = useDeleteOrganization()
  const { name, slug } = organization

  async function ask() {
    const yes = await confirm({
      title: t('organization.deleteQuestion', { name }),
      text: t('organization.deleteConsequence'),
      confirm: t('organization.deleteConfirm'),
      danger: true,
      typed: slug,
    })
    if (yes) remove.mutate(slug)
  }

  return (
    <SectionCard danger title={t('organization.danger')} description={t('organization.dangerText')}>
      <List size="sm" spacing={6} mb="lg" pr="md">
        {FACTS.map((fact) => (
          <List.Item key={fact}>{t(`organization.dangerFacts.${fact}`, { slug })}</List.Item>
        ))}
      </List>
      {remove.error && (
        <Alert role="alert" color="red" variant="light" mb="md">
          {errorText(remove.error)}
        </Alert>
      )}
      <Button
        variant="outline"
        color="var(--danger)"
        loading={remove.isPending}
        onClick={() => void ask()}
      >
        {t('organization.delete')}
      </Button>
    </SectionCard>
  )
}
