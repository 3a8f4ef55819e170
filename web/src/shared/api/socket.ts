import { isRecord, parseJson, readRecord, readString, type Json } from '@/shared/json/read'

export interface LiveEvent {
  type: string
  payload: Json
  createdAt: string
}

/**
 * `connecting`: the first attempt. `reconnecting`: it was open, or should be by now, and resumes from the last
 * cursor. `offline`: several attempts in a row failed; pages should ask for themselves.
 */
export type LiveStatus = 'connecting' | 'online' | 'reconnecting' | 'offline'

export interface LiveTicket {
  ticket: string
  cursor: string
}

export interface LiveOptions {
  ticket: () => Promise<LiveTicket>
  onEvent: (event: LiveEvent) => void
  onStatus: (status: LiveStatus) => void
  /** What was read before this moment may lack events that will never be sent again. */
  onGap: () => void
  openSocket?: (path: string) => WebSocket
  random?: () => number
}

export interface LiveConnection {
  /** Try at once instead of waiting for the back-off: the network came back, the tab was opened again. */
  wake: () => void
  close: () => void
}

const FIRST_DELAY = 500
const LONGEST_DELAY = 30_000
const OFFLINE_AFTER = 4
/** A server that says nothing for this long, not even a ping, is gone. */
const SILENCE = 75_000

/** Keeps one WebSocket to the server open for as long as the page wants it, and never skips an event. */
export function connectLive(options: LiveOptions): LiveConnection {
  const openSocket = options.openSocket ?? browserSocket
  const random = options.random ?? Math.random
  let cursor: string | undefined
  let socket: WebSocket | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  /** Events before the stream's beginning will not be sent any more. */
  let missing = false
  let asking = false
  let closed = false

  options.onStatus('connecting')
  void connect()

  async function connect(): Promise<void> {
    clearTimeout(retry)
    retry = undefined
    if (asking || socket || closed) return
    asking = true
    try {
      open(await options.ticket())
    } catch {
      failed()
    } finally {
      asking = false
    }
  }

  function open(issued: LiveTicket): void {
    if (closed) return
    missing = cursor === undefined
    cursor ??= issued.cursor
    const query = new URLSearchParams({ ticket: issued.ticket, after: cursor })
    const opened = openSocket(`/ws?${query.toString()}`)
    socket = opened
    listen()
    opened.onmessage = (message: MessageEvent<unknown>) => {
      if (socket !== opened) return
      listen()
      receive(message.data)
    }
    opened.onclose = () => {
      if (socket !== opened) return
      drop()
      failed()
    }
  }

  function receive(data: unknown): void {
    const frame = typeof data === 'string' ? parseJson(data) : undefined
    if (!isRecord(frame)) return
    switch (frame.type) {
      case 'reset':
        missing = true
        break
      case 'ready':
        failures = 0
        cursor = readString(frame, 'cursor') ?? cursor
        options.onStatus('online')
        if (missing) options.onGap()
        missing = false
        break
      case 'event': {
        const event = readRecord(frame, 'event')
        if (event) options.onEvent(toEvent(event))
        cursor = readString(frame, 'cursor') ?? cursor
      }
    }
  }

  function failed(): void {
    if (closed) return
    failures += 1
    options.onStatus(failures >= OFFLINE_AFTER ? 'offline' : 'reconnecting')
    const longest = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (failures - 1))
    // Half of it is chance, so that a restarted server is not met by everyone in the same instant.
    retry = setTimeout(() => void connect(), longest * (0.5 + random() / 2))
  }

  function listen(): void {
    clearTimeout(silence)
    silence = setTimeout(() => {
      drop()
      failed()
    }, SILENCE)
  }

  function drop(): void {
    clearTimeout(silence)
    const old = socket
    socket = undefined
    old?.close()
  }

  return {
    wake: () => {
      if (retry !== undefined) void connect()
    },
    close: () => {
      closed = true
      clearTimeout(retry)
      drop()
    },
  }
}

function toEvent(event: Json): LiveEvent {
  return {
    type: readString(event, 'type') ?? '',
    payload: readRecord(event, 'payload') ?? {},
    createdAt: readString(event, 'created_at') ?? '',
  }
}

function browserSocket(path: string): WebSocket {
  const url = new URL(path, globalThis.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return new WebSocket(url)
}
