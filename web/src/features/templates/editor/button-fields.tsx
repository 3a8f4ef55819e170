import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ButtonContent, Issue } from '../types'
import { namesIn } from './draft'
import { issueAt } from './issue-text'

interface ButtonFieldsProps {
  button: ButtonContent
  path: string
  issues: readonly Issue[]
  disabled: boolean
  onChange: (button: ButtonContent) => void
}

/** Kinds whose words are Meta's own. */
const UNLABELLED = ['COPY_CODE', 'OTP', 'REQUEST_CONTACT_INFO']

export function ButtonFields({ button, path, issues, disabled, onChange }: ButtonFieldsProps) {
  const { t } = useTranslation()

  function field(name: 'text' | 'url' | 'phone_number' | 'example', label: string, hint?: string) {
    return (
      <TextInput
        label={label}
        description={hint}
        disabled={disabled}
        value={button[name] ?? ''}
        error={issueAt(issues, `${path}.${name}`, t)}
        onChange={({ currentTarget }) => onChange({ ...button, [name]: currentTarget.value })}
      />
    )
  }
  const { flow_id: flow } = button.more ?? {}

  return (
    <>
      {!UNLABELLED.includes(button.type) && field('text', t('templates.buttonText'))}
      {button.type === 'URL' &&
        field('url', t('templates.buttonUrl'), t('templates.buttonUrlHint', { mark: '{{1}}' }))}
      {button.type === 'URL' &&
        namesIn(button.url ?? null).length > 0 &&
        field('example', t('templates.buttonUrlSample'))}
      {button.type === 'PHONE_NUMBER' && field('phone_number', t('templates.buttonPhone'))}
      {button.type === 'COPY_CODE' && field('example', t('templates.buttonCoupon'))}
      {button.type === 'FLOW' && (
        <TextInput
          label={t('templates.buttonFlow')}
          disabled={disabled}
          value={typeof flow === 'string' ? flow : ''}
          error={issueAt(issues, `${path}.flow_id`, t)}
          onChange={({ currentTarget }) =>
            onChange({ ...button, more: { ...button.more, flow_id: currentTarget.value } })
          }
        />
      )}
    </>
  )
}
