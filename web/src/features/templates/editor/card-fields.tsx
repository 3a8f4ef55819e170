import { ActionIcon, Group, Text, Textarea } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ButtonFields } from './button-fields'
import { replacedAt } from './cards'
import type { FieldsProps } from './fields'
import { HeaderSample } from './header-sample'
import { issueAt } from './issue-text'
import { Samples } from './samples'

interface CardFieldsProps extends FieldsProps {
  number: number
  numberId: string | undefined
  onRemove: () => void
  onRemoveButton: (at: number) => void
}

/** One card: its file, its words, and what each of its buttons says. */
export function CardFields(props: CardFieldsProps) {
  const { draft, issues, disabled, onEdit, number, numberId, onRemove, onRemoveButton } = props
  const { t } = useTranslation()
  const { buttons } = draft
  const kind = draft.header_type

  return (
    <>
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600} size="sm">
          {t('templates.cardAt', { number })}
        </Text>
        <ActionIcon
          variant="subtle"
          color="red"
          aria-label={t('templates.removeCard', { number })}
          disabled={disabled}
          onClick={onRemove}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
      {(kind === 'IMAGE' || kind === 'VIDEO') && (
        <HeaderSample key={kind} {...{ kind, numberId, draft, issues, disabled, onEdit }} />
      )}
      <Textarea
        label={t('templates.cardText')}
        autosize
        minRows={2}
        disabled={disabled}
        value={draft.body_text}
        error={issueAt(issues, 'body_text', t)}
        onChange={({ currentTarget }) => onEdit({ body_text: currentTarget.value })}
      />
      <Samples {...{ draft, issues, disabled, onEdit }} />
      {buttons.map((button, at) => (
        <div key={at}>
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm" c="var(--ink-soft)">
              {t(`templates.buttonTypes.${button.type}`)}
            </Text>
            <ActionIcon
              variant="subtle"
              color="red"
              aria-label={t('templates.removeCardButton', { number: at + 1 })}
              disabled={disabled}
              onClick={() => onRemoveButton(at)}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
          <ButtonFields
            button={button}
            path={`buttons.${at}`}
            issues={issues}
            disabled={disabled}
            onChange={(next) => onEdit({ buttons: replacedAt(buttons, at, next) })}
          />
        </div>
      ))}
    </>
  )
}
