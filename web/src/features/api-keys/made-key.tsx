import { Alert, Button, CopyButton, Group, Stack } from '@mantine/core'
import { IconCheck, IconCopy, IconShieldLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ApiKeyMade } from './api'
import { curlExample } from './example'
import classes from './api-keys.module.css'

interface MadeKeyProps {
  made: ApiKeyMade
  onDone: () => void
}

/** The key, the only time anybody sees it. */
export function MadeKey({ made, onDone }: MadeKeyProps) {
  const { t } = useTranslation()
  const example = curlExample(globalThis.location.origin, made.key, made.scopes)

  return (
    <Stack gap="lg">
      <Alert color="honey" variant="light" icon={<IconShieldLock size={20} />}>
        {t('apiKeys.madeText')}
      </Alert>
      <Copied label={t('apiKeys.key')} action={t('apiKeys.copyKey')} text={made.key} autoFocus />
      <Copied label={t('apiKeys.example')} action={t('apiKeys.copyExample')} text={example} />
      <Group justify="flex-end">
        <Button onClick={onDone}>{t('apiKeys.done')}</Button>
      </Group>
    </Stack>
  )
}

interface CopiedProps {
  label: string
  action: string
  text: string
  autoFocus?: boolean
}

function Copied({ label, action, text, autoFocus }: CopiedProps) {
  const { t } = useTranslation()

  return (
    <div>
      <div className={classes.codeHead}>
        <span>{label}</span>
        <CopyButton value={text} timeout={2500}>
          {({ copied, copy }) => (
            <Button
              data-autofocus={autoFocus}
              aria-label={copied ? t('apiKeys.copied') : action}
              variant="default"
              size="compact-sm"
              leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
              onClick={copy}
            >
              {copied ? t('apiKeys.copied') : t('app.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
      {/* Scrolls, so the keyboard must reach it. */}
      <pre className={classes.code} tabIndex={0} aria-label={label}>
        {text}
      </pre>
    </div>
  )
}
