import { Popover, UnstyledButton } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { earlierWords, isRevoked } from '../marks'
import type { Message } from '../types'
import classes from './changed.module.css'

/** In place of a message that whoever wrote it has taken back. */
export function Revoked() {
  const { t } = useTranslation()
  return (
    <span className={classes.revoked}>
      <IconTrash size={15} stroke={1.7} aria-hidden="true" />
      {t('message.revoked')}
    </span>
  )
}

/** Says that a message was edited, and on demand what it was before. */
export function Edited({ message }: { message: Message }) {
  const { t } = useTranslation()
  const before = earlierWords(message)
  if (before.length === 0 || isRevoked(message)) return null

  return (
    <Popover position="top" withArrow shadow="md" width={280}>
      <Popover.Target>
        <UnstyledButton className={classes.edited} title={t('message.showEarlier')}>
          {t('message.editedMark')}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <strong className={classes.title}>{t('message.earlier')}</strong>
        <ol className={classes.versions}>
          {before.map((words, place) => (
            <li key={place}>{words}</li>
          ))}
        </ol>
      </Popover.Dropdown>
    </Popover>
  )
}
