import { ActionIcon, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Heading } from '../heading'
import classes from './setup.module.css'

const COMMAND = 'pytake setup'

/** Nobody has set this installation up, and the page was opened without the link that may. */
export function NotSetUp({ ended = false }: { ended?: boolean }) {
  const { t } = useTranslation()

  return (
    <>
      <Heading title={t(ended ? 'setup.endedTitle' : 'setup.emptyTitle')} arrived={ended}>
        {t(ended ? 'setup.endedText' : 'setup.emptyText')}
      </Heading>
      <div className={classes.command}>
        <code>{COMMAND}</code>
        <CopyButton value={COMMAND}>
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
      <p className={classes.small}>{t('setup.whyALink')}</p>
    </>
  )
}
