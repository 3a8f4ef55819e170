import { NumberInput, Select, Switch, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ButtonContent } from '../types'
import { AppFields } from './app-fields'
import { asKind, CODE_KINDS, kindOf, type CodeKind } from './code-button'
import type { FieldsProps } from './fields'
import { issueAt } from './issue-text'

/** Of an authentication template: Meta writes the words. */
export function CodeFields({ draft, issues, disabled, onEdit }: FieldsProps) {
  const { t } = useTranslation()
  const button = draft.buttons[0]
  const kind = kindOf(button)

  function change(next: ButtonContent): void {
    onEdit({ buttons: [next] })
  }

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
      <Select<CodeKind>
        label={t('templates.otpType')}
        allowDeselect={false}
        disabled={disabled}
        data={CODE_KINDS.map((value) => ({ value, label: t(`templates.otpTypes.${value}`) }))}
        value={kind}
        error={issueAt(issues, 'buttons', t) ?? issueAt(issues, 'buttons.0.otp_type', t)}
        onChange={(value) => {
          if (value) change(asKind(button, value))
        }}
      />
      {button && kind && (
        <TextInput
          label={t('templates.otpCopy')}
          description={
            kind === 'COPY_CODE' ? t('templates.otpAutofillHint') : t('templates.otpCopyHint')
          }
          disabled={disabled}
          value={button.text}
          error={issueAt(issues, 'buttons.0.text', t)}
          onChange={({ currentTarget }) => change({ ...button, text: currentTarget.value })}
        />
      )}
      {button && kind && kind !== 'COPY_CODE' && (
        <AppFields button={button} issues={issues} disabled={disabled} onChange={change} />
      )}
    </>
  )
}
