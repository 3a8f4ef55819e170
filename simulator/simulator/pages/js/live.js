// The line to the simulator: opened again, ever more patiently, whenever it breaks.

const FIRST_WAIT = 400
const LONGEST_WAIT = 5000

export class Live {
  constructor({ onEvent, onState }) {
    this.onEvent = onEvent
    this.onState = onState
    this.wait = FIRST_WAIT
    this.socket = null
    this.opening = null
  }

  connect() {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
    this.socket = new WebSocket(`${scheme}//${location.host}/_simulator/live`)
    this.socket.addEventListener('open', () => this.opened())
    this.socket.addEventListener('message', (message) => this.onEvent(JSON.parse(message.data)))
    this.socket.addEventListener('close', () => this.closed())
  }

  opened() {
    this.wait = FIRST_WAIT
    this.onState(true)
    if (this.opening) this.tell(this.opening)
  }

  closed() {
    this.onState(false)
    setTimeout(() => this.connect(), this.wait)
    this.wait = Math.min(LONGEST_WAIT, this.wait * 2)
  }

  tell(what) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(what))
  }

  /** Watch a chat; it is asked for again after every interruption. */
  open(customer, number) {
    this.opening = { type: 'open', customer, phone_number_id: number, looking: !document.hidden }
    this.tell(this.opening)
  }

  look(looking) {
    if (this.opening) this.opening.looking = looking
    this.tell({ type: 'look', looking })
  }
}
