import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone } from '@/shared/ui/toast'
import { ButtonFields } from './button-fields'
import { BUTTON_TYPES, moved, newButton } from './draft'
import classes from './editor.module.css'
import type { FieldsProps } from './fields'
import { issueAt } from './issue-text'

const MOST = 10

export function ButtonsEditor(props: FieldsProps) {
  const { draft, issues, disabled, onEdit } = props
  const { t } = useTranslation()
  const { buttons } = draft

  function remove(at: number): void {
    onEdit({ buttons: buttons.filter((_, place) => place !== at) })
    toastDone(t('templates.buttonRemoved'), { undo: () => onEdit({ buttons }) })
  }

  return (
    <SectionCard
      title={t('templates.buttons')}
      action={
        <Menu>
          <Menu.Target>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconPlus size={15} />}
              disabled={disabled || buttons.length >= MOST}
            >
              {t('templates.addButton')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {BUTTON_TYPES.map((type) => (
              <Menu.Item
                key={type}
                onClick={() => onEdit({ buttons: [...buttons, newButton(type)] })}
              >
                {t(`templates.buttonTypes.${type}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      }
    >
      {buttons.length > 0 && (
        <ol className={classes.buttons}>
          {buttons.map((button, at) => (
            <li key={at} aria-label={t('templates.buttonAt', { number: at + 1 })}>
              <Group justify="space-between" wrap="nowrap">
                <Text fw={600} size="sm">
                  {t(`templates.buttonTypes.${button.type}`)}
                </Text>
                <Group gap={4} wrap="nowrap">
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`${t('templates.up')}: ${t('templates.buttonAt', { number: at + 1 })}`}
                    disabled={disabled || at === 0}
                    onClick={() => onEdit({ buttons: moved(buttons, at, at - 1) })}
                  >
                    <IconArrowUp size={16} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`${t('templates.down')}: ${t('templates.buttonAt', { number: at + 1 })}`}
                    disabled={disabled || at === buttons.length - 1}
                    onClick={() => onEdit({ buttons: moved(buttons, at, at + 1) })}
                  >
                    <IconArrowDown size={16} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="red"
                    aria-label={t('templates.removeButton', { number: at + 1 })}
                    disabled={disabled}
                    onClick={() => remove(at)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </Group>
              </Group>
              <ButtonFields
                button={button}
                path={`buttons.${at}`}
                issues={issues}
                disabled={disabled}
                onChange={(next) =>
                  onEdit({ buttons: buttons.map((one, place) => (place === at ? next : one)) })
                }
              />
            </li>
          ))}
        </ol>
      )}
      {issueAt(issues, 'buttons', t) && (
        <Text role="alert" size="sm" c="var(--danger)">
          {issueAt(issues, 'buttons', t)}
        </Text>
      )}
    </SectionCard>
  )
}
