import { Alert, Button, Group, Stack } from '@mantine/core'
import { IconShieldLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Copied } from '@/shared/ui/copied'
import type { ApiKeyMade } from './api'
import { curlExample } from './example'

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
