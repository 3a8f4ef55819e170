import { Button, Group, Menu, SegmentedControl, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone } from '@/shared/ui/toast'
import { CardFields } from './card-fields'
import {
  CARD_BUTTONS,
  CARD_KINDS,
  MOST_CARD_BUTTONS,
  MOST_CARDS,
  cardDraft,
  issuesOfCard,
  withCard,
  withCardButton,
  withKind,
  withNewCard,
  withoutCardButton,
} from './cards'
import classes from './editor.module.css'
import type { FieldsProps } from './fields'
import { issueAt } from './issue-text'

interface CardsEditorProps extends FieldsProps {
  numberId: string | undefined
}

/** Cards that the customer moves through. What must be alike on all of them is chosen once. */
export function CardsEditor({ draft, issues, disabled, onEdit, numberId }: CardsEditorProps) {
  const { t } = useTranslation()
  const { cards } = draft
  const first = cards[0]
  const problem = issueAt(issues, 'cards', t)

  function remove(at: number): void {
    onEdit({ cards: cards.filter((_, place) => place !== at) })
    toastDone(t('templates.cardRemoved'), { undo: () => onEdit({ cards }) })
  }

  return (
    <SectionCard
      title={t('templates.cards')}
      description={t('templates.cardsHint')}
      action={
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={15} />}
          disabled={disabled || cards.length >= MOST_CARDS}
          onClick={() => onEdit({ cards: withNewCard(draft) })}
        >
          {t('templates.addCard')}
        </Button>
      }
    >
      {first && (
        <Group justify="space-between">
          <SegmentedControl
            size="xs"
            aria-label={t('templates.cardMedia')}
            disabled={disabled}
            value={first.header_type === 'VIDEO' ? 'VIDEO' : 'IMAGE'}
            data={CARD_KINDS.map((value) => ({
              value,
              label: t(value === 'VIDEO' ? 'templates.headerVideo' : 'templates.headerImage'),
            }))}
            onChange={(value) =>
              onEdit({ cards: withKind(draft, value === 'VIDEO' ? 'VIDEO' : 'IMAGE') })
            }
          />
          <Menu>
            <Menu.Target>
              <Button
                variant="default"
                size="xs"
                leftSection={<IconPlus size={15} />}
                disabled={disabled || (first.buttons?.length ?? 0) >= MOST_CARD_BUTTONS}
              >
                {t('templates.addCardButton')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {CARD_BUTTONS.map((type) => (
                <Menu.Item
                  key={type}
                  onClick={() => onEdit({ cards: withCardButton(draft, type) })}
                >
                  {t(`templates.buttonTypes.${type}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </Group>
      )}
      {cards.length > 0 && (
        <ol className={classes.buttons}>
          {cards.map((card, at) => (
            <li key={at} aria-label={t('templates.cardAt', { number: at + 1 })}>
              <CardFields
                number={at + 1}
                numberId={numberId}
                draft={cardDraft(draft, card)}
                issues={issuesOfCard(issues, at)}
                disabled={disabled}
                onEdit={(changes) => onEdit((latest) => ({ cards: withCard(latest, at, changes) }))}
                onRemove={() => remove(at)}
                onRemoveButton={(place) => onEdit({ cards: withoutCardButton(draft, place) })}
              />
            </li>
          ))}
        </ol>
      )}
      {problem && (
        <Text role="alert" size="sm" c="var(--danger)">
          {problem}
        </Text>
      )}
    </SectionCard>
  )
}
