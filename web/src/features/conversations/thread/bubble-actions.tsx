import { ActionIcon } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useQuote } from '../composer/drafts'
import { ReactButton } from '../composer/reactions/react-button'
import type { Message } from '../types'
import classes from './bubble-actions.module.css'

/** What can be done with a message, beside it. Keys reach the same from where one writes. */
export function BubbleActions({ message }: { message: Message }) {
  const { t } = useTranslation()
  const quote = useQuote(message.conversation_id)
  return (
    <span className={classes.actions}>
      <ActionIcon
        variant="subtle"
        radius="xl"
        size={28}
        // A thread would otherwise be as many stops on the way of the Tab key as it has messages.
        tabIndex={-1}
        aria-label={t('composer.reply')}
        title={t('composer.reply')}
        onClick={() => quote(message)}
      >
        <IconArrowBackUp size={18} stroke={1.8} aria-hidden="true" />
      </ActionIcon>
      <ReactButton message={message} tabIndex={-1} />
    </span>
  )
}
