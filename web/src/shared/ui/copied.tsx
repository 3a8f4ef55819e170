import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './copied.module.css'

interface CopiedProps {
  label: string
  /** What the button says to who does not see it, if "Copy" and the label are not enough. */
  action?: string
  text: string
  autoFocus?: boolean
}

/** Something to be pasted elsewhere. */
export function Copied({ label, action, text, autoFocus }: CopiedProps) {
  const { t } = useTranslation()

  return (
    <div>
      <div className={classes.head}>
        <span>{label}</span>
        <CopyButton value={text} timeout={2500}>
          {({ copied, copy }) => (
            <Button
              data-autofocus={autoFocus}
              aria-label={copied ? t('app.copied') : (action ?? `${t('app.copy')}: ${label}`)}
              variant="default"
              size="compact-sm"
              leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
              onClick={copy}
            >
              {copied ? t('app.copied') : t('app.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
      {/* Scrolls, so the keyboard must reach it. */}
      <pre className={classes.text} tabIndex={0} aria-label={label}>
        {text}
      </pre>
    </div>
  )
}
