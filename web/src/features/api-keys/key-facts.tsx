import { Alert, Button, Group, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import { useErrorText } from '@/shared/api/use-error-text'
import { dayOf } from '@/shared/format/day'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { permissionName } from '@/shared/i18n/permission-name'
import { useConfirm } from '@/shared/ui/confirm'
import { toastDone } from '@/shared/ui/toast'
import { useRenameKey, useRevokeKey, type ApiKey } from './api'
import { KeyStateLabel, LastUse } from './key-labels'
import classes from './api-keys.module.css'

interface KeyFactsProps {
  apiKey: ApiKey
  onClose: () => void
}

/** Everything about one key, its name to change and its end. */
export function KeyFacts({ apiKey, onClose }: KeyFactsProps) {
  const { t } = useTranslation()
  const can = useCan()
  const style = useTimeStyle()
  const errorText = useErrorText()
  const confirm = useConfirm()
  const rename = useRenameKey()
  const revoke = useRevokeKey()
  const [name, setName] = useState(apiKey.name)
  const mayChange = can('api_keys.write')
  const error = rename.error ?? revoke.error
  const changed = name.trim() !== '' && name.trim() !== apiKey.name

  function save() {
    rename.mutate(
      { id: apiKey.id, name: name.trim() },
      { onSuccess: () => toastDone(t('apiKeys.renamed')) },
    )
  }

  async function askToRevoke() {
    const yes = await confirm({
      title: t('apiKeys.revokeQuestion', { name: apiKey.name }),
      text: t('apiKeys.revokeConsequence', { prefix: apiKey.prefix }),
      confirm: t('apiKeys.revokeConfirm'),
      danger: true,
    })
    if (!yes) return
    revoke.mutate(apiKey.id, {
      onSuccess: () => {
        toastDone(t('apiKeys.revokedNow', { name: apiKey.name }))
        onClose()
      },
    })
  }

  return (
    <Stack gap="lg">
      {error && (
        <Alert role="alert" color="red" variant="light">
          {errorText(error)}
        </Alert>
      )}
      {mayChange && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (changed) save()
          }}
        >
          <Group align="end" gap="sm" wrap="nowrap">
            <TextInput
              flex={1}
              label={t('apiKeys.name')}
              maxLength={255}
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Button type="submit" variant="default" disabled={!changed} loading={rename.isPending}>
              {t('app.save')}
            </Button>
          </Group>
        </form>
      )}
      <dl className={classes.facts}>
        <div>
          <dt>{t('apiKeys.state')}</dt>
          <dd>
            <KeyStateLabel apiKey={apiKey} />
          </dd>
        </div>
        <div>
          <dt>{t('apiKeys.prefix')}</dt>
          <dd>
            <code>{apiKey.prefix}</code>
          </dd>
        </div>
        <div>
          <dt>{t('apiKeys.may')}</dt>
          <dd>
            <ul>
              {apiKey.scopes.map((scope) => (
                <li key={scope}>{permissionName(t, scope)}</li>
              ))}
            </ul>
          </dd>
        </div>
        <div>
          <dt>{t('apiKeys.lastUsed')}</dt>
          <dd>
            <LastUse apiKey={apiKey} />
          </dd>
        </div>
        <div>
          <dt>{t('apiKeys.madeBy')}</dt>
          <dd>
            {t('apiKeys.madeByAt', {
              name: apiKey.created_by_name ?? t('apiKeys.gone'),
              time: dayOf(apiKey.created_at, style),
            })}
          </dd>
        </div>
      </dl>
      {mayChange && apiKey.revoked_at === null && (
        <Group justify="flex-end">
          <Button
            variant="outline"
            color="var(--danger)"
            loading={revoke.isPending}
            onClick={() => void askToRevoke()}
          >
            {t('apiKeys.revoke')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
