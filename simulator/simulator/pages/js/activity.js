// "O que está acontecendo": the calls and webhooks behind the chat, newest first.

import { el } from './dom.js'
import { icon } from './icons.js'
import { t } from './i18n.js'
import { snippet } from './snippets.js'
import { exactTimeOf } from './time.js'

const KEPT = 80
const KEY = 'simulator.log.closed'
const LOOKS = {
  'customer.sent': ['', 'person'],
  'customer.changed': ['', 'person'],
  'webhook.delivered': ['', 'arrowIn'],
  'webhook.failed': ['entry--bad', 'alert'],
  'webhook.dropped': ['entry--bad', 'alert'],
  'webhook.unheard': ['entry--bad', 'alert'],
  'graph.accepted': ['entry--out', 'arrowOut'],
  'graph.refused': ['entry--bad', 'alert'],
  'graph.read': ['entry--out', 'eye'],
  'graph.mishap': ['entry--bad', 'alert'],
  'status.dropped': ['entry--bad', 'alert'],
  'app.registered': ['entry--out', 'plug'],
  'graph.call': ['entry--quiet', 'arrowOut'],
}

export class Activity {
  /** `nameOf` turns a wa_id into a name. */
  constructor(place, nameOf) {
    this.nameOf = nameOf
    this.list = el('ol', { class: 'log__list' })
    this.empty = el('p', { class: 'log__empty' }, t('logEmpty'))
    this.dot = el('span', { class: 'log__dot' })
    const id = 'log-content'
    this.content = el('div', { id, class: 'log__content' }, this.empty, this.list)
    this.head = el('button', { class: 'log__head', type: 'button', 'aria-controls': id, onclick: () => this.toggle() },
      this.dot, el('span', {}, t('logTitle')), icon('down'))
    this.box = el('section', { class: 'log', 'aria-label': t('logTitle') }, this.head, this.content)
    place.append(this.box)
    this.setClosed(localStorage.getItem(KEY) === 'yes')
  }

  toggle() {
    const closed = this.head.getAttribute('aria-expanded') === 'true'
    localStorage.setItem(KEY, closed ? 'yes' : 'no')
    this.setClosed(closed)
  }

  setClosed(closed) {
    this.head.setAttribute('aria-expanded', String(!closed))
    this.content.hidden = closed
    this.box.classList.toggle('log--closed', closed)
  }

  set connected(connected) {
    this.dot.classList.toggle('log__dot--on', connected)
  }

  reset(records) {
    this.list.replaceChildren(...records.map((record) => entry(record, this.nameOf)).reverse())
    this.empty.hidden = records.length > 0
  }

  add(record) {
    this.empty.hidden = true
    this.list.prepend(entry(record, this.nameOf))
    while (this.list.children.length > KEPT) this.list.lastElementChild.remove()
  }
}

function entry(record, nameOf) {
  const [look, name] = LOOKS[record.kind] ?? ['entry--quiet', 'arrowOut']
  const details = el('details', { class: `entry ${look}` },
    el('summary', {},
      el('span', { class: 'entry__mark' }, icon(name)),
      el('span', { class: 'entry__text' }, el('b', {}, title(record, nameOf)), el('span', {}, about(record, nameOf))),
      el('time', {}, exactTimeOf(record.at))))
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(el('pre', { tabIndex: 0 }, pretty(record)))
  })
  return el('li', {}, details)
}

function title(record, nameOf) {
  if (record.kind.startsWith('customer.')) return t(`log.${record.kind}`, { name: nameOf(record.wa_id) })
  if (record.kind === 'app.registered' && !record.callback_url) return t('log.app.known')
  if (record.kind !== 'webhook.delivered') return t(`log.${record.kind}`)
  const [first] = record.updates
  if (first.status) return t('log.heard.status', { status: record.updates.map((each) => t(`status.${each.status}`)).join(', ') })
  return t(first.message ? 'log.heard.message' : 'log.heard')
}

function about(record, nameOf) {
  switch (record.kind) {
    case 'customer.sent':
      return snippet({ type: record.message.type, content: inner(record.message) })
    case 'customer.changed':
      return `${t(`what.${record.what}`)}: ${record.after ?? '–'}`
    case 'graph.accepted':
      return record.body ? snippet({ type: record.type, content: inner({ ...record.body, type: record.type }) }) : record.type
    case 'graph.refused':
    case 'graph.mishap':
      return `#${record.code ?? ''} ${record.details ?? record.action ?? ''}`
    case 'graph.read':
      return record.typing ? t('typingToo') : nameOf(record.wa_id)
    case 'graph.call':
      return `${record.method} ${record.call}`
    case 'app.registered':
      return record.callback_url ?? ''
    case 'webhook.delivered':
      return ['webhook', record.status, `${record.ms} ms`, record.attempt > 1 && t('again', record)].filter(Boolean).join(' · ')
    case 'webhook.failed':
      return [record.status ?? record.error, t('repeats', { seconds: record.retry_in })].join(' · ')
    default:
      return (record.updates ?? []).map(update).join(', ')
  }
}

const inner = (message) => {
  const content = message[message.type]
  return Array.isArray(content) ? { [message.type]: content } : (content ?? {})
}

const update = (each) => (each.status ? t(`status.${each.status}`) : `${each.type ?? each.field ?? ''}`)

function pretty(record) {
  const shown = { ...record }
  if (typeof shown.body === 'string') {
    try {
      shown.body = JSON.parse(shown.body)
    } catch {
      // not JSON: shown as it came
    }
  }
  return JSON.stringify(shown, null, 2)
}
