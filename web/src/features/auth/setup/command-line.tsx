import { ActionIcon, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './setup.module.css'

/** A command to type on the server, and a button that copies it. */
export function CommandLine({ command }: { command: string }) {
  const { t } = useTranslation()

  return (
    <div className={classes.command}>
      <code>{command}</code>
      <CopyButton value={command}>
        {({ copied, copy }) => (
          <Tooltip label={t(copied ? 'setup.copied' : 'setup.copy')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t(copied ? 'setup.copied' : 'setup.copy')}
              onClick={copy}
            >
              {copied ? <IconCheck size={17} /> : <IconCopy size={17} stroke={1.7} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </div>
  )
}
