import { NumberInput, Select, Switch, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FieldsProps } from './fields'
import { issueAt } from './issue-text'

const KINDS = ['COPY_CODE', 'ONE_TAP', 'ZERO_TAP'] as const

/** Of an authentication template: Meta writes the words. */
export function CodeFields({ draft, issues, disabled, onEdit }: FieldsProps) {
  const { t } = useTranslation()
  const button = draft.buttons[0]
  const kind = button?.more?.otp_type

  return (
    <>
      <Text size="sm" c="var(--ink-soft)">
        {t('templates.authWords')}
      </Text>
      <Switch
        label={t('templates.security')}
        disabled={disabled}
        checked={draft.add_security_recommendation}
        onChange={({ currentTarget }) =>
          onEdit({ add_security_recommendation: currentTarget.checked })
        }
      />
      <NumberInput
        label={t('templates.expiration')}
        min={1}
        max={90}
        disabled={disabled}
        value={draft.code_expiration_minutes ?? ''}
        error={issueAt(issues, 'code_expiration_minutes', t)}
        onChange={(value) =>
          onEdit({ code_expiration_minutes: typeof value === 'number' ? value : null })
        }
      />
      <Select
        label={t('templates.otpType')}
        allowDeselect={false}
        disabled={disabled}
        data={KINDS.map((value) => ({ value, label: t(`templates.otpTypes.${value}`) }))}
        value={KINDS.find((one) => one === kind) ?? null}
        error={
          issueAt(issues, 'buttons', t) ??
          issueAt(issues, 'buttons.0.otp_type', t) ??
          issueAt(issues, 'buttons.0.supported_apps', t) ??
          issueAt(issues, 'buttons.0.zero_tap_terms_accepted', t)
        }
        onChange={(value) =>
          onEdit({
            buttons: [
              {
                type: 'OTP',
                text: button?.text ?? '',
                more: { ...button?.more, otp_type: value ?? 'COPY_CODE' },
              },
            ],
          })
        }
      />
    </>
  )
}
