import { ActionIcon } from '@mantine/core'
import {
  IconMicrophone,
  IconPlayerPause,
  IconPlayerStop,
  IconSend2,
  IconTrash,
} from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Player } from '../../media/player'
import { length } from '../../media/sizes'
import type { Recorder, Recording, Sound } from './recorder'
import classes from './voice.module.css'

interface VoiceBarProps {
  recorder: Recorder
  recording: Extract<Recording, { state: 'recording' | 'paused' | 'recorded' }>
  onSend: (sound: Sound) => void
}

/** A voice note in the place of the text, while it is recorded and while it is listened to. Escape throws it away. */
export function VoiceBar({ recorder, recording, onSend }: VoiceBarProps) {
  const { t } = useTranslation()
  const isRecorded = recording.state === 'recorded'
  const sendButton = useRef<HTMLButtonElement>(null)
  // The button that had the focus is gone.
  useEffect(() => sendButton.current?.focus(), [isRecorded])

  async function send(): Promise<void> {
    const sound = await recorder.finish()
    recorder.discard()
    if (sound) onSend(sound)
  }

  return (
    <div
      className={classes.bar}
      role="group"
      aria-label={t('voice.title')}
      onKeyDown={({ key }) => {
        if (key === 'Escape') recorder.discard()
      }}
    >
      <ActionIcon
        variant="subtle"
        size={36}
        radius="xl"
        aria-label={t('voice.discard')}
        title={t('voice.discard')}
        onClick={recorder.discard}
      >
        <IconTrash size={20} stroke={1.7} aria-hidden="true" />
      </ActionIcon>
      {recording.state === 'recorded' ? (
        <Listen sound={recording.sound} />
      ) : (
        <Running recorder={recorder} recording={recording} />
      )}
      <ActionIcon
        ref={sendButton}
        size={36}
        radius="xl"
        aria-label={t('voice.send')}
        title={t('voice.send')}
        onClick={() => void send()}
      >
        <IconSend2 size={19} stroke={1.8} aria-hidden="true" />
      </ActionIcon>
    </div>
  )
}

interface RunningProps {
  recorder: Recorder
  recording: Extract<Recording, { state: 'recording' | 'paused' }>
}

function Running({ recorder, recording: { state, seconds, levels } }: RunningProps) {
  const { t } = useTranslation()
  const isPaused = state === 'paused'
  return (
    <>
      <span className={classes.light} data-on={!isPaused || undefined} aria-hidden="true" />
      <span role="timer" className={classes.time}>
        {length(seconds)}
      </span>
      <span className={classes.told} role="status">
        {t(isPaused ? 'voice.paused' : 'voice.recording')}
      </span>
      <span className={classes.levels} data-still={isPaused || undefined} aria-hidden="true">
        {levels.map((level, place) => (
          <i key={place} style={{ height: `${12 + level * 88}%` }} />
        ))}
      </span>
      <ActionIcon
        variant="subtle"
        size={36}
        radius="xl"
        aria-label={t(isPaused ? 'voice.resume' : 'voice.pause')}
        title={t(isPaused ? 'voice.resume' : 'voice.pause')}
        onClick={isPaused ? recorder.resume : recorder.pause}
      >
        {isPaused ? (
          <IconMicrophone size={20} stroke={1.7} aria-hidden="true" />
        ) : (
          <IconPlayerPause size={20} stroke={1.7} aria-hidden="true" />
        )}
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        size={36}
        radius="xl"
        aria-label={t('voice.listen')}
        title={t('voice.listen')}
        onClick={() => void recorder.finish()}
      >
        <IconPlayerStop size={20} stroke={1.7} aria-hidden="true" />
      </ActionIcon>
    </>
  )
}

function Listen({ sound: { url, seconds } }: { sound: Sound }) {
  const { t } = useTranslation()
  return (
    <div className={classes.listen}>
      <Player src={url} label={t('voice.recorded')} seconds={seconds} />
    </div>
  )
}
