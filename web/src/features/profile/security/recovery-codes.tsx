import { Button, Checkbox, CopyButton, Group, Stack, Text } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { download, print } from './paper'
import classes from './security.module.css'

interface RecoveryCodesProps {
  codes: readonly string[]
  email: string
  onSaved: () => void
}

/** Told once. Nobody goes on before they say that they have them. */
export function RecoveryCodes({ codes, email, onSaved }: RecoveryCodesProps) {
  const { t } = useTranslation()
  const [saved, setSaved] = useState(false)
  const paper = [
    t('profile.twoFactor.fileTitle', { email }),
    t('profile.twoFactor.fileText'),
    '',
    ...codes,
  ].join('\n')

  return (
    <Stack gap="md">
      <Text size="sm">{t('profile.twoFactor.recoveryText')}</Text>
      <ul className={classes.codes} aria-label={t('profile.twoFactor.recoveryList')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group gap="sm">
        <CopyButton value={codes.join('\n')} timeout={3000}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              onClick={copy}
            >
              {copied ? t('profile.twoFactor.copiedAll') : t('profile.twoFactor.copyAll')}
            </Button>
          )}
        </CopyButton>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          onClick={() => download(t('profile.twoFactor.fileName'), paper)}
        >
          {t('profile.twoFactor.download')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconPrinter size={16} />}
          onClick={() => print(paper)}
        >
          {t('profile.twoFactor.print')}
        </Button>
      </Group>
      <Checkbox
        label={t('profile.twoFactor.saved')}
        checked={saved}
        onChange={(event) => setSaved(event.currentTarget.checked)}
      />
      <Group justify="flex-end">
        <Button disabled={!saved} onClick={onSaved}>
          {t('profile.twoFactor.finish')}
        </Button>
      </Group>
    </Stack>
  )
}
