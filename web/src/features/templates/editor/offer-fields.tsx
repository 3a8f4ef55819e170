import { Stack, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SectionCard } from '@/shared/ui/section-card'
import type { FieldsProps } from './fields'
import { issueAt } from './issue-text'

interface OfferFieldsProps extends FieldsProps {
  /** Only marketing has offers. */
  hasOffers: boolean
}

/** What stands beside the words: an offer that ends, and the question whether one may call. */
export function OfferFields({ draft, issues, disabled, onEdit, hasOffers }: OfferFieldsProps) {
  const { t } = useTranslation()

  return (
    <SectionCard title={t('templates.extras')}>
      <Stack gap="sm">
        {hasOffers && (
          <>
            <TextInput
              label={t('templates.offerText')}
              description={t('templates.offerHint')}
              disabled={disabled}
              value={draft.offer_text ?? ''}
              error={issueAt(issues, 'offer_text', t)}
              onChange={({ currentTarget }) => onEdit({ offer_text: currentTarget.value || null })}
            />
            <Switch
              label={t('templates.offerExpires')}
              disabled={disabled}
              checked={draft.offer_expires}
              onChange={({ currentTarget }) => onEdit({ offer_expires: currentTarget.checked })}
            />
          </>
        )}
        <Switch
          label={t('templates.asksToCallLabel')}
          disabled={disabled}
          checked={draft.asks_to_call}
          error={issueAt(issues, 'asks_to_call', t)}
          onChange={({ currentTarget }) => onEdit({ asks_to_call: currentTarget.checked })}
        />
      </Stack>
    </SectionCard>
  )
}
