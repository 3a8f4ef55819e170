import { connectLive, type LiveConnection, type LiveStatus } from './socket'

class FakeSocket {
  static opened: FakeSocket[] = []
  readonly path: string
  closed = false
  onmessage: ((message: MessageEvent<unknown>) => void) | null = null
  onclose: (() => void) | null = null

  constructor(path: string) {
    this.path = path
    FakeSocket.opened.push(this)
  }

  get after() {
    return new URLSearchParams(this.path.split('?')[1]).get('after')
  }

  says(frame: object) {
    this.onmessage?.(new MessageEvent('message', { data: JSON.stringify(frame) }))
  }

  breaks() {
    this.onclose?.()
  }

  close() {
    this.closed = true
  }
}

let connection: LiveConnection
let statuses: LiveStatus[]
let events: string[]
let gaps: number
let ticketFails: boolean

function event(cursor: string, type = 'message.received') {
  return { type: 'event', cursor, event: { type, payload: {}, created_at: '' } }
}

function newest(): FakeSocket {
  const socket = FakeSocket.opened.at(-1)
  if (!socket) throw new Error('no socket was opened')
  return socket
}

async function wait(milliseconds: number) {
  await vi.advanceTimersByTimeAsync(milliseconds)
}

beforeEach(async () => {
  vi.useFakeTimers()
  FakeSocket.opened = []
  statuses = []
  events = []
  gaps = 0
  ticketFails = false
  connection = connectLive({
    ticket: () =>
      ticketFails
        ? Promise.reject(new Error('away'))
        : Promise.resolve({ ticket: 't', cursor: '10-1' }),
    onEvent: (received) => events.push(received.type),
    onStatus: (status) => statuses.push(status),
    onGap: () => (gaps += 1),
    // @ts-expect-error only the members that the connection uses are faked
    openSocket: (path) => new FakeSocket(path),
    random: () => 1,
  })
  await wait(0)
})

afterEach(() => {
  connection.close()
  vi.useRealTimers()
})

test('begins at the ticket’s cursor and reports the gap before it once', () => {
  expect(newest().after).toBe('10-1')
  newest().says({ type: 'ready', cursor: '10-1' })
  expect(statuses).toEqual(['connecting', 'online'])
  expect(gaps).toBe(1)
})

test('resumes after the last event it saw, without a gap', async () => {
  newest().says({ type: 'ready', cursor: '10-1' })
  newest().says(event('12-7'))
  newest().breaks()
  expect(statuses.at(-1)).toBe('reconnecting')

  await wait(500)
  expect(newest().after).toBe('12-7')
  newest().says({ type: 'ready', cursor: '12-7' })
  expect(gaps).toBe(1)
  expect(events).toEqual(['message.received'])
})

test('goes on from where the server can, and reports the gap, when its own place is lost', async () => {
  newest().says({ type: 'ready', cursor: '10-1' })
  newest().says(event('12-7'))
  newest().breaks()
  await wait(500)
  newest().says({ type: 'reset' })
  newest().says({ type: 'ready', cursor: '90-3' })
  expect(gaps).toBe(2)

  newest().breaks()
  await wait(500)
  expect(newest().after).toBe('90-3')
  newest().says({ type: 'ready', cursor: '90-3' })
  expect(gaps).toBe(2)
})

test('waits longer after every failure and then calls itself offline', async () => {
  ticketFails = true
  newest().breaks()
  for (const delay of [500, 1000, 2000]) await wait(delay)
  expect(statuses.at(-1)).toBe('offline')
  expect(FakeSocket.opened).toHaveLength(1)

  ticketFails = false
  await wait(3999)
  expect(FakeSocket.opened).toHaveLength(1)
  await wait(1)
  expect(FakeSocket.opened).toHaveLength(2)
})

test('wakes at once when asked, and does not open twice', async () => {
  newest().breaks()
  connection.wake()
  connection.wake()
  await wait(0)
  expect(FakeSocket.opened).toHaveLength(2)
  await wait(60_000)
  expect(FakeSocket.opened).toHaveLength(2)
})

test('gives up on a socket that says nothing, and keeps one that pings', async () => {
  const socket = newest()
  await wait(70_000)
  socket.says({ type: 'ping' })
  await wait(70_000)
  expect(socket.closed).toBe(false)
  await wait(5_000)
  expect(socket.closed).toBe(true)
  await wait(500)
  expect(FakeSocket.opened).toHaveLength(2)
})

test('ignores frames that are not JSON, and everything after it was closed', async () => {
  const socket = newest()
  socket.onmessage?.(new MessageEvent('message', { data: 'not json' }))
  connection.close()
  socket.says(event('12-7'))
  await wait(60_000)
  expect(events).toEqual([])
  expect(FakeSocket.opened).toHaveLength(1)
})
