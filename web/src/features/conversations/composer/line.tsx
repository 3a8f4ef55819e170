import { ActionIcon } from '@mantine/core'
import { IconMicrophone, IconSend2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMessages } from '../api'
import classes from './composer.module.css'
import type { Draft } from './drafts'
import { AttachButton } from './files/attach-button'
import { RoomLeft } from './room-left'
import { TextBox } from './text-box'
import type { Recorder } from './voice/recorder'

interface LineProps {
  conversationId: string
  name: string
  draft: Draft
  isCaption: boolean
  isEmpty: boolean
  left: number | undefined
  recorder: Recorder
  isAsking: boolean
  onSend: () => void
  onFiles: (files: Iterable<File>) => void
}

/** What one writes with. Where there is nothing to send yet, a voice can be recorded. */
export function Line({ conversationId, isEmpty, left, recorder, isAsking, ...line }: LineProps) {
  const { t } = useTranslation()
  const { messages = [] } = useMessages(conversationId)
  return (
    <>
      {isAsking && (
        <p className={classes.asking} role="status">
          {t('voice.asking')}
        </p>
      )}
      <div className={classes.line}>
        <AttachButton onFiles={line.onFiles} />
        <TextBox messages={messages} {...line} />
        <RoomLeft left={left} />
        {isEmpty ? (
          <ActionIcon
            variant="subtle"
            size={36}
            radius="xl"
            aria-label={t('voice.record')}
            title={t('voice.record')}
            aria-busy={isAsking}
            onClick={() => void recorder.start()}
          >
            <IconMicrophone size={20} stroke={1.7} aria-hidden="true" />
          </ActionIcon>
        ) : (
          <ActionIcon
            type="submit"
            size={36}
            radius="xl"
            aria-label={t('composer.send')}
            title={t('composer.send')}
            disabled={(left ?? 0) < 0}
          >
            <IconSend2 size={19} stroke={1.8} aria-hidden="true" />
          </ActionIcon>
        )}
      </div>
    </>
  )
}
