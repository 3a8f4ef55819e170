import { ActionIcon, Button, Checkbox, Group, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ButtonContent, Issue } from '../types'
import {
  appsOf,
  hasAccepted,
  kindOf,
  MOST_APPS,
  newApp,
  textOf,
  withApps,
  withText,
  type App,
} from './code-button'
import classes from './editor.module.css'
import { issueAt } from './issue-text'

interface AppFieldsProps {
  button: ButtonContent
  issues: readonly Issue[]
  disabled: boolean
  onChange: (button: ButtonContent) => void
}

const PATH = 'buttons.0'

/** Which apps receive a code that is filled in, and the words for those that cannot. */
export function AppFields({ button, issues, disabled, onChange }: AppFieldsProps) {
  const { t } = useTranslation()
  const apps = appsOf(button)
  const missing = issueAt(issues, `${PATH}.supported_apps`, t)

  return (
    <>
      <ol className={classes.buttons}>
        {apps.map((app, at) => (
          <AppRow
            key={at}
            app={app}
            at={at}
            issues={issues}
            disabled={disabled}
            onChange={(next) =>
              onChange(
                withApps(
                  button,
                  apps.map((one, place) => (place === at ? next : one)),
                ),
              )
            }
            onRemove={() =>
              onChange(
                withApps(
                  button,
                  apps.filter((_, place) => place !== at),
                ),
              )
            }
          />
        ))}
      </ol>
      {missing && (
        <Text role="alert" size="sm" c="var(--danger)">
          {missing}
        </Text>
      )}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={15} />}
        disabled={disabled || apps.length >= MOST_APPS}
        onClick={() => onChange(withApps(button, [...apps, newApp()]))}
      >
        {t('templates.otpAddApp')}
      </Button>
      <TextInput
        label={t('templates.otpAutofill')}
        description={t('templates.otpAutofillHint')}
        disabled={disabled}
        value={textOf(button, 'autofill_text')}
        error={issueAt(issues, `${PATH}.autofill_text`, t)}
        onChange={({ currentTarget }) =>
          onChange(withText(button, 'autofill_text', currentTarget.value))
        }
      />
      {kindOf(button) === 'ZERO_TAP' && (
        <Checkbox
          label={t('templates.otpTerms')}
          disabled={disabled}
          checked={hasAccepted(button)}
          error={issueAt(issues, `${PATH}.zero_tap_terms_accepted`, t)}
          onChange={({ currentTarget }) =>
            onChange({
              ...button,
              more: { ...button.more, zero_tap_terms_accepted: currentTarget.checked },
            })
          }
        />
      )}
    </>
  )
}

interface AppRowProps {
  app: App
  at: number
  issues: readonly Issue[]
  disabled: boolean
  onChange: (app: App) => void
  onRemove: () => void
}

function AppRow({ app, at, issues, disabled, onChange, onRemove }: AppRowProps) {
  const { t } = useTranslation()
  const number = at + 1
  const path = `${PATH}.supported_apps.${at}`

  return (
    <li aria-label={t('templates.otpApp', { number })}>
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600} size="sm">
          {t('templates.otpApp', { number })}
        </Text>
        <ActionIcon
          variant="subtle"
          color="red"
          aria-label={t('templates.otpRemoveApp', { number })}
          disabled={disabled}
          onClick={onRemove}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
      <TextInput
        label={t('templates.otpPackage')}
        placeholder="com.example.app"
        disabled={disabled}
        value={app.package_name}
        error={issueAt(issues, `${path}.package_name`, t)}
        onChange={({ currentTarget }) => onChange({ ...app, package_name: currentTarget.value })}
      />
      <TextInput
        label={t('templates.otpSignature')}
        description={t('templates.otpSignatureHint')}
        maxLength={11}
        disabled={disabled}
        value={app.signature_hash}
        error={issueAt(issues, `${path}.signature_hash`, t)}
        onChange={({ currentTarget }) => onChange({ ...app, signature_hash: currentTarget.value })}
      />
    </li>
  )
}
