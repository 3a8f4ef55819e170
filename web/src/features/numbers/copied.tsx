import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './numbers.module.css'

/** Something to be pasted at Meta. */
export function Copied({ label, text }: { label: string; text: string }) {
  const { t } = useTranslation()

  return (
    <div>
      <div className={classes.codeHead}>
        <span>{label}</span>
        <CopyButton value={text} timeout={2500}>
          {({ copied, copy }) => (
            <Button
              aria-label={copied ? t('apiKeys.copied') : `${t('app.copy')}: ${label}`}
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
      <pre className={classes.code}>{text}</pre>
    </div>
  )
}
