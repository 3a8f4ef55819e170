import { Button, Group, SegmentedControl, Select, Text, Textarea, TextInput } from '@mantine/core'
import { IconBraces } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeaderType, SampleKind } from '../types'
import { nextName } from './draft'
import type { FieldsProps } from './fields'
import { HeaderSample } from './header-sample'
import { issueAt } from './issue-text'

const HEADERS = {
  TEXT: 'headerText',
  IMAGE: 'headerImage',
  VIDEO: 'headerVideo',
  DOCUMENT: 'headerDocument',
  LOCATION: 'headerLocation',
  PRODUCT: 'headerProduct',
} as const satisfies Record<HeaderType, string>

const KINDS = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION'] as const

interface TextFieldsProps extends FieldsProps {
  numberId: string | undefined
}

export function TextFields({ draft, issues, disabled, onEdit, numberId }: TextFieldsProps) {
  const { t } = useTranslation()
  const body = useRef<HTMLTextAreaElement>(null)
  const error = (path: string) => issueAt(issues, path, t)

  function insertVariable(): void {
    const at = body.current?.selectionStart ?? draft.body_text.length
    const mark = `{{${nextName(draft)}}}`
    onEdit({ body_text: draft.body_text.slice(0, at) + mark + draft.body_text.slice(at) })
    body.current?.focus()
  }

  return (
    <>
      <Select
        label={t('templates.header')}
        placeholder={t('templates.headerNone')}
        clearable
        disabled={disabled}
        data={kindsFor(draft.header_type).map((value) => ({
          value,
          label: t(`templates.${HEADERS[value]}`),
        }))}
        value={draft.header_type}
        error={error('header_type')}
        onChange={(value) =>
          onEdit({
            header_type: KINDS.find((kind) => kind === value) ?? null,
            header_content: null,
          })
        }
      />
      {draft.header_type === 'TEXT' && (
        <TextInput
          label={t('templates.headerLine')}
          disabled={disabled}
          value={draft.header_content ?? ''}
          error={error('header_content')}
          rightSection={<Left text={draft.header_content} most={60} />}
          rightSectionWidth={64}
          onChange={({ currentTarget }) => onEdit({ header_content: currentTarget.value })}
        />
      )}
      {isFile(draft.header_type) && (
        <HeaderSample
          key={draft.header_type}
          kind={draft.header_type}
          numberId={numberId}
          {...{ draft, issues, disabled, onEdit }}
        />
      )}
      <Textarea
        ref={body}
        label={t('templates.body')}
        description={t('templates.bodyHint', { mark: `{{${nextName(draft)}}}` })}
        required
        autosize
        minRows={4}
        disabled={disabled}
        value={draft.body_text}
        error={error('body_text')}
        onChange={({ currentTarget }) => onEdit({ body_text: currentTarget.value })}
      />
      <Group justify="space-between">
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            leftSection={<IconBraces size={15} />}
            disabled={disabled}
            onClick={insertVariable}
          >
            {t('templates.addVariable')}
          </Button>
          <SegmentedControl
            size="xs"
            aria-label={t('templates.format')}
            disabled={disabled}
            value={draft.parameter_format}
            data={[
              { value: 'POSITIONAL', label: t('templates.formatPositional') },
              { value: 'NAMED', label: t('templates.formatNamed') },
            ]}
            onChange={(value) =>
              onEdit({ parameter_format: value === 'NAMED' ? 'NAMED' : 'POSITIONAL' })
            }
          />
        </Group>
        <Left text={draft.body_text} most={1024} />
      </Group>
      <TextInput
        label={t('templates.footer')}
        disabled={disabled}
        value={draft.footer_text ?? ''}
        error={error('footer_text')}
        rightSection={<Left text={draft.footer_text} most={60} />}
        rightSectionWidth={64}
        onChange={({ currentTarget }) => onEdit({ footer_text: currentTarget.value || null })}
      />
    </>
  )
}

/** Of products only what is there already. */
function kindsFor(kind: HeaderType | null): readonly HeaderType[] {
  return kind === 'PRODUCT' ? [...KINDS, kind] : KINDS
}

function isFile(kind: HeaderType | null): kind is SampleKind {
  return kind === 'IMAGE' || kind === 'VIDEO' || kind === 'DOCUMENT'
}

/** As Meta counts: an emoji with a colour of skin is two. */
function Left({ text, most }: { text: string | null; most: number }) {
  const length = Array.from(text ?? '').length
  return (
    <Text size="xs" c={length > most ? 'var(--danger)' : 'var(--ink-faint)'}>
      {length}/{most}
    </Text>
  )
}
