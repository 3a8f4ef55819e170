import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './player.module.css'
import { length } from './sizes'

const RATES = [1, 1.5, 2]
/** Of the bar; a sound is rarely a round number of seconds. */
const STEPS = 1000

interface PlayerProps {
  src: string
  label: string
  /** How long it is, for a sound that does not know it itself, as one that was recorded just now. */
  seconds?: number
}

/** A voice or a song: played, sought and hurried with the keyboard as with the mouse. */
export function Player({ src, label, seconds = 0 }: PlayerProps) {
  const { t } = useTranslation()
  const audio = useRef<HTMLAudioElement>(null)
  const [playing, setPlaying] = useState(false)
  const [rate, setRate] = useState(1)
  const [at, setAt] = useState(0)
  const [known, setKnown] = useState(0)
  const total = known || seconds

  function toggle() {
    const sound = audio.current
    if (!sound) return
    if (sound.paused) void sound.play().catch(() => undefined)
    else sound.pause()
  }

  function seek(step: number) {
    if (!audio.current || !total) return
    audio.current.currentTime = (step / STEPS) * total
    setAt(audio.current.currentTime)
  }

  function hurry() {
    const next = RATES[(RATES.indexOf(rate) + 1) % RATES.length] ?? 1
    if (audio.current) audio.current.playbackRate = next
    setRate(next)
  }

  return (
    <div className={classes.player} role="group" aria-label={label}>
      {/* Nobody wrote down what is said in it. */}
      <audio
        ref={audio}
        src={src}
        preload="metadata"
        onPlay={() => {
          setPlaying(true)
        }}
        onPause={() => {
          setPlaying(false)
        }}
        onEnded={() => {
          setAt(0)
        }}
        onTimeUpdate={({ currentTarget }) => {
          setAt(currentTarget.currentTime)
        }}
        onDurationChange={({ currentTarget }) => {
          setKnown(Number.isFinite(currentTarget.duration) ? currentTarget.duration : 0)
        }}
      />
      <button
        type="button"
        className={classes.play}
        aria-label={t(playing ? 'media.pause' : 'media.play')}
        onClick={toggle}
      >
        {playing ? (
          <IconPlayerPauseFilled size={17} aria-hidden="true" />
        ) : (
          <IconPlayerPlayFilled size={17} aria-hidden="true" />
        )}
      </button>
      <div className={classes.middle}>
        <input
          className={classes.bar}
          type="range"
          min={0}
          max={STEPS}
          value={total ? Math.round((at / total) * STEPS) : 0}
          aria-label={t('media.seek')}
          aria-valuetext={`${length(at)} / ${length(total)}`}
          style={{ '--played': `${total ? (at / total) * 100 : 0}%` }}
          onChange={({ currentTarget }) => {
            seek(Number(currentTarget.value))
          }}
        />
        <span className={classes.times}>
          {length(at)} / {length(total)}
        </span>
      </div>
      <button
        type="button"
        className={classes.rate}
        aria-label={t('media.speed', { rate })}
        onClick={hurry}
      >
        {rate}×
      </button>
    </div>
  )
}
