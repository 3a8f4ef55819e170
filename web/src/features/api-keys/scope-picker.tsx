import { Button, Checkbox, Group, Text, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import { permissionName } from '@/shared/i18n/permission-name'
import { presets, scopeGroups, seesNothing, type Scope } from './scopes'
import classes from './api-keys.module.css'

const PRESETS = ['reading', 'support', 'administration', 'nothing'] as const

interface ScopePickerProps {
  value: readonly Scope[]
  onChange: (scopes: Scope[]) => void
  error?: string | undefined
}

export function ScopePicker({ value, onChange, error }: ScopePickerProps) {
  const { t } = useTranslation()
  const can = useCan()

  return (
    <fieldset className={classes.scopes} aria-describedby="scopes-hint">
      <legend>{t('apiKeys.scopes')}</legend>
      <Text id="scopes-hint" size="sm" c="dimmed">
        {t('apiKeys.scopesHint')}
      </Text>
      <Group gap="xs" role="group" aria-label={t('apiKeys.presets')}>
        {PRESETS.map((preset) => (
          <Button
            key={preset}
            size="compact-sm"
            variant={preset === 'nothing' ? 'subtle' : 'default'}
            color="gray"
            onClick={() => onChange(presets[preset].filter((scope) => can(scope)))}
          >
            {t(`apiKeys.preset.${preset}`)}
          </Button>
        ))}
      </Group>
      <div className={classes.groups}>
        {scopeGroups.map(({ group, scopes }) => (
          <div key={group} role="group" aria-label={t(`apiKeys.groups.${group}`)}>
            <h3 className={classes.group}>{t(`apiKeys.groups.${group}`)}</h3>
            {scopes.map((scope) => (
              <Tooltip key={scope} label={t('apiKeys.notYours')} disabled={can(scope)}>
                <Checkbox
                  size="sm"
                  label={permissionName(t, scope)}
                  checked={value.includes(scope)}
                  disabled={!can(scope)}
                  onChange={({ currentTarget }) =>
                    onChange(
                      currentTarget.checked
                        ? [...value, scope]
                        : value.filter((one) => one !== scope),
                    )
                  }
                />
              </Tooltip>
            ))}
          </div>
        ))}
      </div>
      {seesNothing(value) && (
        <Text size="sm" role="status">
          {t('apiKeys.reach')}
        </Text>
      )}
      {error && (
        <Text size="sm" c="var(--danger)" role="alert">
          {error}
        </Text>
      )}
    </fieldset>
  )
}
