// The list of messages: in order of time, a separator per day, and the scroll where people expect it.

import { bubble } from './bubble.js'
import { el } from './dom.js'
import { icon } from './icons.js'
import { t } from './i18n.js'
import { snippet } from './snippets.js'
import { dayKey, dayOf } from './time.js'

const NEAR_BOTTOM = 90
const FLASH = 1400
const ARRIVED = new Set(['delivered', 'read', 'played'])

/** A business's message is on the phone once it was delivered; one's own always. */
export const isShown = (message) => message.author === 'customer' || ARRIVED.has(message.status)

export class Thread {
  constructor(list, announcer, acts) {
    this.list = list
    this.announcer = announcer
    this.acts = acts
    this.messages = new Map()
    this.nodes = new Map()
    this.businessName = ''
    this.unseen = 0
    this.follow = true
    this.typing = el('li', { class: 'message message--first' },
      el('div', { class: 'bubble typing', role: 'img', 'aria-label': t('typing') }, el('i'), el('i'), el('i')))
    this.count = el('span', { class: 'to-bottom__count', hidden: true })
    this.toBottom = el('button', {
      class: 'to-bottom', type: 'button', hidden: true, 'aria-label': t('toBottom'), onclick: () => this.scrollDown(true),
    }, icon('down'), this.count)
    list.parentElement.append(this.toBottom)
    list.addEventListener('scroll', () => this.scrolled(), { passive: true })
    new ResizeObserver(() => this.follow && this.scrollDown()).observe(list)
  }

  reset(messages, businessName) {
    this.businessName = businessName
    this.messages = new Map(messages.map((message) => [message.id, message]))
    this.nodes.clear()
    this.draw({ still: true })
    this.scrollDown()
  }

  /** A new message, or news of one that is there; `message.ref` is what this page called it before. */
  put(message) {
    const before = this.messages.get(message.id) ?? this.messages.get(message.ref)
    const arrives = isShown(message) && !(before && isShown(before))
    this.messages.delete(message.ref)
    this.messages.set(message.id, message)
    this.draw({ still: !arrives })
    if (arrives) this.arrived(message)
  }

  remove(id) {
    this.messages.delete(id)
    this.draw({ still: true })
  }

  setTyping(typing) {
    if (typing) this.list.append(this.typing)
    else this.typing.remove()
    if (this.follow) this.scrollDown()
  }

  draw({ still }) {
    const shown = [...this.messages.values()].filter(isShown).sort((a, b) => a.at - b.at)
    const answers = new Map(shown.filter((each) => each.quotes).map((each) => [each.quotes, answerOf(each)]))
    const rows = [el('li', { class: 'hint' }, t('hint'))]
    let previous = null
    for (const message of shown) {
      const newDay = !previous || dayKey(previous.at) !== dayKey(message.at)
      if (newDay) rows.push(el('li', { class: 'day' }, dayOf(message.at)))
      rows.push(this.node(message, newDay || previous.author !== message.author, answers.get(message.id), still))
      previous = message
    }
    if (this.typing.isConnected) rows.push(this.typing)
    this.arrange(rows)
  }

  /** Nodes that stay are not moved, so that the focus stays with them. */
  arrange(rows) {
    const wanted = new Set(rows)
    for (const child of [...this.list.children]) if (!wanted.has(child)) child.remove()
    rows.forEach((row, index) => {
      const there = this.list.children[index] ?? null
      if (there !== row) this.list.insertBefore(row, there)
    })
  }

  /** The row of a message; drawn again only when it looks different. */
  node(message, first, taken, still) {
    const classes = `message message--${message.author} ${first ? 'message--first' : ''}`
    const look = JSON.stringify([message.author === 'customer' ? message.status : message.status === 'played', message.reactions, taken])
    const known = this.nodes.get(message.id)
    if (known?.look === look) {
      known.row.className = `${classes} message--still`
      return known.row
    }
    const row = el('li', { class: `${classes} ${still || known ? 'message--still' : ''}` }, bubble(message, {
      quoted: message.quotes ? (this.messages.get(message.quotes) ?? null) : null,
      taken, businessName: this.businessName, acts: this.acts,
    }))
    row.addEventListener('contextmenu', (event) => this.held(event, message))
    this.nodes.set(message.id, { look, row })
    return row
  }

  held(event, message) {
    if (event.pointerType !== 'touch') return
    event.preventDefault()
    this.acts.openMenu(message)
  }

  jumpTo(id) {
    const row = this.nodes.get(id)?.row
    if (!row) return
    row.scrollIntoView({ block: 'center', behavior: 'smooth' })
    row.classList.add('message--flash')
    setTimeout(() => row.classList.remove('message--flash'), FLASH)
  }

  arrived(message) {
    if (message.author === 'business') this.announcer.textContent = `${this.businessName}: ${snippet(message)}`
    if (message.author === 'customer' || this.follow) return this.scrollDown(true)
    this.unseen += 1
    this.showUnseen()
  }

  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.list
    this.follow = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM
    if (this.follow) this.unseen = 0
    this.showUnseen()
  }

  showUnseen() {
    this.toBottom.hidden = this.follow
    this.count.hidden = this.unseen === 0
    this.count.textContent = String(this.unseen)
  }

  scrollDown(smooth = false) {
    this.follow = true
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: smooth ? 'smooth' : 'instant' })
  }
}

/** What was chosen: the id of a button or row, or a template's payload. */
function answerOf({ content }) {
  return (content.button_reply ?? content.list_reply)?.id ?? content.payload
}
