import { IconUpload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './composer.module.css'
import { useDraft } from './drafts'
import { partsOf } from './files/bodies'
import { takesCaption } from './files/captions'
import type { Chosen } from './files/chosen'
import files from './files/files.module.css'
import { Refusals } from './files/refusals'
import { Tray } from './files/tray'
import { useAttach } from './files/use-attach'
import { useFileDrop } from './files/use-file-drop'
import { LONGEST_TEXT, roomLeft } from './length'
import { Line } from './line'
import { QuoteBar } from './quote-bar'
import { useSend } from './use-send'
import type { Recording, Sound } from './voice/recorder'
import { Refused } from './voice/refused'
import { useRecorder } from './voice/use-recorder'
import { VoiceBar } from './voice/voice-bar'

interface ComposerProps {
  conversationId: string
  name: string
}

/** Where one answers: with words, with files, or with a voice. */
export function Composer({ conversationId, name }: ComposerProps) {
  const { t } = useTranslation()
  const draft = useDraft(conversationId)
  const send = useSend(conversationId)
  const { attach, forget, limits, ...troubles } = useAttach(draft)
  const isOver = useFileDrop(attach)
  const { recorder, recording } = useRecorder()
  const words = draft.text.trim()
  const parts = partsOf(words, draft.files, limits)
  const isCaption =
    limits !== undefined && draft.files.some(({ kind }) => takesCaption(limits, kind))
  const left = roomLeft(words, isCaption ? limits.max_caption_length : LONGEST_TEXT)

  function submit(): void {
    if (parts.length === 0 || (left ?? 0) < 0) return
    for (const [place, { body, chosen }] of parts.entries())
      send({ body, quoted: place === 0 ? draft.quoted : undefined, file: chosen && fileOf(chosen) })
    draft.clear()
    forget()
  }

  function sendVoice({ blob }: Sound): void {
    send({
      body: { type: 'audio', content: { voice: true } },
      quoted: draft.quoted,
      file: { kind: 'audio', blob, isVoice: true },
    })
    draft.quote(undefined)
  }

  return (
    <form
      className={classes.composer}
      aria-label={t('composer.title')}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={({ key }) => {
        if (key === 'Escape' && recording.state === 'asking') recorder.discard()
      }}
    >
      {isOver && (
        <div className={files.dropping}>
          <IconUpload size={30} stroke={1.6} aria-hidden="true" />
          {t('composer.drop', { name })}
        </div>
      )}
      <div className={classes.box}>
        <Refusals {...troubles} onClose={forget} />
        {recording.state === 'refused' && (
          <Refused problem={recording.problem} onClose={recorder.discard} />
        )}
        <QuoteBar quoted={draft.quoted} name={name} onRemove={() => draft.quote(undefined)} />
        <Tray files={draft.files} onRemove={draft.detach} />
        {isVoice(recording) ? (
          <VoiceBar recorder={recorder} recording={recording} onSend={sendVoice} />
        ) : (
          <Line
            conversationId={conversationId}
            name={name}
            draft={draft}
            isCaption={isCaption}
            isEmpty={parts.length === 0}
            left={left}
            recorder={recorder}
            isAsking={recording.state === 'asking'}
            onSend={submit}
            onFiles={attach}
          />
        )}
      </div>
    </form>
  )
}

function fileOf({ kind, file }: Chosen) {
  return { kind, blob: file, name: file.name }
}

type Voice = Extract<Recording, { state: 'recording' | 'paused' | 'recorded' }>

function isVoice(recording: Recording): recording is Voice {
  return ['recording', 'paused', 'recorded'].includes(recording.state)
}
