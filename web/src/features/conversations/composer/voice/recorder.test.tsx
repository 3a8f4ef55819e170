import { createRecorder, LONGEST } from './recorder'

const recorders: FakeRecorder[] = []
let stop: ReturnType<typeof vi.fn>

/** The browser's own, of which jsdom has none. */
class FakeRecorder {
  static isTypeSupported = (type: string) => type.startsWith('audio/webm')
  readonly mimeType: string
  state = 'inactive'
  sound = 'sound'
  ondataavailable: (event: { data: Blob }) => void = () => undefined
  onstop: () => void = () => undefined

  constructor(_: unknown, { mimeType = '' }: { mimeType?: string }) {
    this.mimeType = mimeType
    recorders.push(this)
  }

  start() {
    this.state = 'recording'
  }
  pause() {
    this.state = 'paused'
  }
  resume() {
    this.state = 'recording'
  }
  stop() {
    this.state = 'inactive'
    this.ondataavailable({ data: new Blob([this.sound]) })
    setTimeout(() => this.onstop(), 5)
  }
}

function microphone(answer: () => Promise<unknown>) {
  Object.defineProperty(navigator, 'mediaDevices', {
    configurable: true,
    value: { getUserMedia: answer },
  })
}

function aStream() {
  return { getTracks: () => [{ stop }] }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('MediaRecorder', FakeRecorder)
  stop = vi.fn()
  recorders.length = 0
  microphone(() => Promise.resolve(aStream()))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  Reflect.deleteProperty(navigator, 'mediaDevices')
})

test('asks, records with its time, and gives the sound when it ends; the microphone is free', async () => {
  const recorder = createRecorder()
  const started = recorder.start()
  expect(recorder.store.getState()).toEqual({ state: 'asking' })
  await started
  await vi.advanceTimersByTimeAsync(2_000)
  expect(recorder.store.getState()).toMatchObject({ state: 'recording', seconds: 2 })
  expect(stop).not.toHaveBeenCalled()

  const finished = recorder.finish()
  await vi.advanceTimersByTimeAsync(5)
  const sound = await finished
  expect(sound).toMatchObject({ seconds: 2 })
  expect(sound?.blob.type).toBe('audio/webm;codecs=opus')
  expect(sound?.blob.size).toBe(5)
  expect(recorder.store.getState()).toEqual({ state: 'recorded', sound })
  expect(stop).toHaveBeenCalledTimes(1)
})

test('a pause is not counted, and what was said before and after is one sound', async () => {
  const recorder = createRecorder()
  await recorder.start()
  await vi.advanceTimersByTimeAsync(1_000)
  recorder.pause()
  expect(recorders[0]?.state).toBe('paused')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(recorder.store.getState()).toMatchObject({ state: 'paused', seconds: 1 })
  recorder.resume()
  await vi.advanceTimersByTimeAsync(1_000)
  const finished = recorder.finish()
  await vi.advanceTimersByTimeAsync(5)
  expect(await finished).toMatchObject({ seconds: 2 })
})

test('thrown away, nothing is kept and the microphone is free at once', async () => {
  const recorder = createRecorder()
  await recorder.start()
  recorder.discard()
  expect(stop).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(recorder.store.getState()).toEqual({ state: 'idle' })
  expect(await recorder.finish()).toBeUndefined()
})

test('who leaves while the browser asks lets go of a microphone that comes later', async () => {
  const recorder = createRecorder()
  let allow: (stream: unknown) => void = () => undefined
  microphone(() => new Promise((resolve) => (allow = resolve)))
  const started = recorder.start()
  recorder.discard()
  allow(aStream())
  await started
  expect(stop).toHaveBeenCalledTimes(1)
  expect(recorders).toHaveLength(0)
  expect(recorder.store.getState()).toEqual({ state: 'idle' })
})

test('the longest recording ends by itself, and is kept', async () => {
  const recorder = createRecorder()
  await recorder.start()
  await vi.advanceTimersByTimeAsync(LONGEST + 200)
  expect(recorder.store.getState()).toMatchObject({ state: 'recorded' })
  expect(stop).toHaveBeenCalledTimes(1)
})

test('a microphone that is pulled out keeps what was said', async () => {
  const recorder = createRecorder()
  await recorder.start()
  recorders[0]?.stop()
  await vi.advanceTimersByTimeAsync(10)
  expect(recorder.store.getState()).toMatchObject({ state: 'recorded' })
})

test('each refusal has its name', async () => {
  const recorder = createRecorder()
  const problem = async (cause: DOMException) => {
    microphone(() => Promise.reject(cause))
    await recorder.start()
    return recorder.store.getState()
  }
  const refused = (name: string) => ({ state: 'refused', problem: name })
  expect(await problem(new DOMException('', 'NotAllowedError'))).toEqual(refused('denied'))
  expect(await problem(new DOMException('', 'NotFoundError'))).toEqual(refused('missing'))
  expect(await problem(new DOMException('', 'NotReadableError'))).toEqual(refused('failed'))
  Reflect.deleteProperty(navigator, 'mediaDevices')
  await recorder.start()
  expect(recorder.store.getState()).toEqual(refused('insecure'))
})

test('a browser that cannot record lets go of the microphone that it was given', async () => {
  vi.stubGlobal('MediaRecorder', undefined)
  const recorder = createRecorder()
  await recorder.start()
  expect(recorder.store.getState()).toEqual({ state: 'refused', problem: 'failed' })
  expect(stop).toHaveBeenCalledTimes(1)
})
