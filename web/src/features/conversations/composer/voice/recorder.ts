import { createStore, type StoreApi } from 'zustand/vanilla'
import { listenTo, type Level } from './level'
import { askForMicrophone, letGo, problemOf, type MicrophoneProblem } from './microphone'

/** Milliseconds. At the rate below this is far from the 16 MB that WhatsApp takes. */
export const LONGEST = 15 * 60_000
const BITS_PER_SECOND = 32_000
const TICK = 100
/** As many as are drawn. */
const LEVELS = 48
/** The first that the browser can do; the server makes a voice of each. */
const TYPES = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4']

export interface Sound {
  blob: Blob
  seconds: number
  /** Where it can be listened to, until it is forgotten. */
  url: string
}

export type Recording =
  | { state: 'idle' }
  | { state: 'asking' }
  | { state: 'recording' | 'paused'; seconds: number; levels: number[] }
  | { state: 'recorded'; sound: Sound }
  | { state: 'refused'; problem: MicrophoneProblem }

export interface Recorder {
  store: StoreApi<Recording>
  start: () => Promise<void>
  pause: () => void
  resume: () => void
  /** Ends it; nothing when there was nothing to hear. */
  finish: () => Promise<Sound | undefined>
  /** Ends it, whatever it is at, and forgets what was recorded. The microphone is free at once. */
  discard: () => void
}

interface Running {
  media: MediaRecorder
  stream: MediaStream
  level: Level
  timer: ReturnType<typeof setInterval>
  parts: Blob[]
  /** Milliseconds until the last pause, and when it went on. */
  before: number
  since: number | undefined
  ended: Promise<void>
}

/** One recording at a time. */
export function createRecorder(): Recorder {
  const store = createStore<Recording>(() => ({ state: 'idle' }))
  let running: Running | undefined
  let attempt = 0

  async function start(): Promise<void> {
    discard()
    const mine = attempt
    store.setState({ state: 'asking' }, true)
    try {
      const stream = await askForMicrophone()
      // Put away while the browser was asking.
      if (mine !== attempt) letGo(stream)
      else running = beginOrLetGo(stream)
    } catch (cause) {
      if (mine === attempt) store.setState({ state: 'refused', problem: problemOf(cause) }, true)
    }
  }

  function beginOrLetGo(stream: MediaStream): Running {
    try {
      return begin(stream)
    } catch (cause) {
      letGo(stream)
      throw cause
    }
  }

  function begin(stream: MediaStream): Running {
    const media = mediaRecorderOf(stream)
    const parts: Blob[] = []
    media.ondataavailable = ({ data }) => parts.push(data)
    const ended = new Promise<void>((resolve) => {
      media.onstop = () => resolve()
    })
    media.start()
    const begun: Running = {
      media,
      stream,
      level: listenTo(stream),
      timer: setInterval(tick, TICK),
      parts,
      before: 0,
      since: performance.now(),
      ended,
    }
    // Also when the microphone was pulled out.
    void ended.then(() => keep(begun))
    store.setState({ state: 'recording', seconds: 0, levels: [] }, true)
    return begun
  }

  function tick(): void {
    const now = store.getState()
    if (!running || now.state !== 'recording') return
    if (passed(running) >= LONGEST) return void finish()
    const levels = [...now.levels, running.level.read()].slice(-LEVELS)
    store.setState({ state: 'recording', seconds: passed(running) / 1000, levels }, true)
  }

  function keep(ended: Running): void {
    if (running !== ended) return
    running = undefined
    release(ended)
    const blob = new Blob(ended.parts, { type: ended.media.mimeType })
    if (blob.size === 0) {
      store.setState({ state: 'idle' }, true)
      return
    }
    const sound = { blob, seconds: passed(ended) / 1000, url: URL.createObjectURL(blob) }
    store.setState({ state: 'recorded', sound }, true)
  }

  async function finish(): Promise<Sound | undefined> {
    const ending = running
    if (ending) {
      hold(ending)
      ending.media.stop()
      await ending.ended
      keep(ending)
    }
    const now = store.getState()
    return now.state === 'recorded' ? now.sound : undefined
  }

  function discard(): void {
    attempt += 1
    const dropped = running
    running = undefined
    if (dropped) {
      if (dropped.media.state !== 'inactive') dropped.media.stop()
      release(dropped)
    }
    const was = store.getState()
    if (was.state === 'recorded') URL.revokeObjectURL(was.sound.url)
    store.setState({ state: 'idle' }, true)
  }

  return {
    store,
    start,
    pause: () => {
      if (running?.media.state !== 'recording') return
      running.media.pause()
      hold(running)
      store.setState((now) => ({ ...now, state: 'paused' }))
    },
    resume: () => {
      if (running?.media.state !== 'paused') return
      running.media.resume()
      running.since = performance.now()
      store.setState((now) => ({ ...now, state: 'recording' }))
    },
    finish,
    discard,
  }
}

function mediaRecorderOf(stream: MediaStream): MediaRecorder {
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type))
  return new MediaRecorder(stream, {
    ...(mimeType && { mimeType }),
    audioBitsPerSecond: BITS_PER_SECOND,
  })
}

function passed({ before, since }: Running): number {
  return before + (since === undefined ? 0 : performance.now() - since)
}

/** The clock stands. */
function hold(running: Running): void {
  running.before = passed(running)
  running.since = undefined
}

function release({ stream, level, timer }: Running): void {
  clearInterval(timer)
  level.close()
  letGo(stream)
}
