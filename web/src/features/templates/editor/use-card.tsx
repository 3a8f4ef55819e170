import { Stack, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone, toastFailed } from '@/shared/ui/toast'
import { useChange } from '../api'
import type { Template } from '../types'

/** Where the template may be used here, whatever Meta says. */
export function UseCard({ template, mayWrite }: { template: Template; mayWrite: boolean }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const change = useChange(template.id)

  function set(changes: { is_active?: boolean; is_enabled_in_flows?: boolean }): void {
    change.mutate(changes, {
      onSuccess: () => toastDone(t('app.saved')),
      onError: (error) => toastFailed(errorText(error)),
    })
  }

  return (
    <SectionCard title={t('templates.use')}>
      <Stack gap="sm">
        <Switch
          label={t('templates.isActive')}
          description={t('templates.isActiveHint')}
          checked={template.is_active}
          disabled={!mayWrite || change.isPending}
          onChange={({ currentTarget }) => set({ is_active: currentTarget.checked })}
        />
        <Switch
          label={t('templates.inFlows')}
          description={t('templates.inFlowsHint')}
          checked={template.is_enabled_in_flows}
          disabled={!mayWrite || !template.is_active || change.isPending}
          onChange={({ currentTarget }) => set({ is_enabled_in_flows: currentTarget.checked })}
        />
      </Stack>
    </SectionCard>
  )
}
