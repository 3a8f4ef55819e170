// The phone: holds what is known, and passes news from the line to the parts that draw.

import { Activity } from './activity.js'
import { clearChat, createPerson, sendAs, sendFileAs } from './api.js'
import { drawChatbar } from './chatbar.js'
import { Composer } from './composer.js'
import { el, replace } from './dom.js'
import { icon } from './icons.js'
import { followPerson, openIdentity } from './identity.js'
import { locale, t } from './i18n.js'
import { Live } from './live.js'
import { chooser } from './people.js'
import { openMessageMenu } from './message-menu.js'
import { action, openSheet } from './sheet.js'
import { stubs } from './stubs.js'
import './theme.js'
import { isShown, Thread } from './thread.js'
import { timeOf } from './time.js'

const CHOSEN = 'simulator.customer'
const state = {
  people: [], numbers: [], apps: [], customer: null, number: null,
  latest: new Map(), unread: new Map(), typing: false, connected: false,
}
const at = (id) => document.getElementById(id)
const key = (message) => `${message.number_id}/${message.wa_id}`
let typingTimer = 0
let drafts = 0

const acts = {
  tap: (message, id) => send({ do: 'tap', id, wamid: message.id }),
  fillForm: (message) => send(stubs.form(message)),
  sendPlace: (message) => send(stubs.place(message.id)),
  sharePhone: (message) => send(stubs.phone(state.customer, message.id)),
  play: (message) => message.author === 'business' && live.tell({ type: 'played', wamid: message.id }),
  jumpTo: (id) => thread.jumpTo(id),
  retry: (message) => {
    thread.remove(message.id)
    send(message.draft)
  },
  openMenu: (message) => openMessageMenu(message, {
    reply: () => composer.quote(message),
    react: (emoji) => send({ do: 'reaction', wamid: message.id, emoji }),
    edit: (text) => send({ do: 'edit', wamid: message.id, text }),
    revoke: () => send({ do: 'revoke', wamid: message.id }),
  }),
  choose, create, chooseNumber, redraw: drawAll, askClear,
  openIdentity: () => openIdentity(state, notify),
  openPeople: () => {
    const close = openSheet(t('whoTitle'), chooser(state, { choose: (id) => { close(); choose(id) }, create, chooseNumber }, { titled: false }))
  },
}

const thread = new Thread(at('thread'), at('announcer'), acts)
const activity = new Activity(at('activity'), nameOf)
const composer = new Composer(at('composer'), {
  onText: (text, quotes) => send({ do: 'text', text, quotes }, { type: 'text', content: { body: text }, quotes }),
  onAttach: (kind) => send(stubs[kind]()),
  onFile: sendFile,
  businessName: () => state.number?.verified_name ?? '',
})
const live = new Live({ onEvent: heard, onState: connection })

function heard(event) {
  switch (event.type) {
    case 'hello':
      return hello(event)
    case 'chat':
      return chat(event)
    case 'message':
      return message(event.message)
    case 'typing':
      return typing(event.until)
    case 'cleared':
      return thread.reset([], state.number.verified_name)
    case 'people':
      state.people = event.people
      return drawPeople()
    case 'person':
      return followPerson(state, event) ? choose(event.person.wa_id) : drawAll()
    case 'log':
      return logged(event.record)
  }
}

function hello({ state: world, log }) {
  state.people = world.customers
  state.numbers = world.numbers
  state.apps = world.apps
  state.latest = new Map(world.latest.filter(isShown).map((each) => [key(each), each]))
  state.number = state.numbers.find((each) => each.phone_number_id === state.number?.phone_number_id) ?? state.numbers[0] ?? null
  activity.reset(log)
  const wanted = state.customer?.wa_id ?? localStorage.getItem(CHOSEN)
  const person = state.people.find((each) => each.wa_id === wanted) ?? state.people[0] ?? null
  if (person) choose(person.wa_id)
  drawAll()
}

function chat({ customer, messages, typing_until: until }) {
  if (customer !== state.customer?.wa_id) return
  const drafts = [...thread.messages.values()].filter((each) => each.wa_id === customer && ['pending', 'lost'].includes(each.status))
  const known = new Set(messages.map((each) => each.ref))
  thread.reset([...messages, ...drafts.filter((each) => !known.has(each.id))], state.number.verified_name)
  typing(until)
}

function message(news) {
  if (isShown(news)) {
    const before = state.latest.get(key(news))
    if (!before || before.at <= news.at) state.latest.set(key(news), news)
    if (news.author === 'business' && news.wa_id !== state.customer?.wa_id && before?.id !== news.id) {
      state.unread.set(news.wa_id, (state.unread.get(news.wa_id) ?? 0) + 1)
    }
    drawPeople()
  }
  if (news.wa_id === state.customer?.wa_id && news.number_id === state.number?.phone_number_id) thread.put(news)
}

function typing(until) {
  clearTimeout(typingTimer)
  const left = until * 1000 - Date.now()
  state.typing = left > 0
  if (state.typing) typingTimer = setTimeout(() => typing(0), left)
  thread.setTyping(state.typing)
  drawBar()
}

function logged(record) {
  activity.add(record)
  if (record.kind === 'app.registered') {
    const app = state.apps.find((each) => each.app_id === record.app)
    if (app) app.verified = true
    drawBar()
  }
}

function nameOf(wa_id) {
  return state.people.find((each) => each.wa_id === wa_id)?.name ?? wa_id
}

function connection(connected) {
  state.connected = connected
  activity.connected = connected
  drawBar()
}

function choose(wa_id) {
  state.customer = state.people.find((each) => each.wa_id === wa_id) ?? null
  state.unread.delete(wa_id)
  localStorage.setItem(CHOSEN, wa_id)
  composer.quote(null)
  if (state.customer && state.number) live.open(wa_id, state.number.phone_number_id)
  drawAll()
}

function chooseNumber(phone_number_id) {
  state.number = state.numbers.find((each) => each.phone_number_id === phone_number_id) ?? null
  if (state.customer) choose(state.customer.wa_id)
}

async function create(name) {
  const digits = String(Math.floor(Math.random() * 1e8)).padStart(8, '0')
  try {
    const person = await createPerson({ wa_id: `55119${digits}`, name })
    if (!state.people.some((each) => each.wa_id === person.wa_id)) state.people.push(person)
    choose(person.wa_id)
  } catch (error) {
    notify(t('error', { message: error.message }))
  }
}

/** Show it at once with a clock; the simulator's answer replaces it. */
async function send(draft, drawn = null) {
  const ref = `draft-${Date.now()}-${(drafts += 1)}`
  const { wa_id } = state.customer
  const number_id = state.number.phone_number_id
  const shown = drawn && { reactions: {}, ...drawn, id: ref, at: Date.now() / 1000, status: 'pending', author: 'customer', wa_id, number_id, draft }
  if (shown) thread.put(shown)
  try {
    await sendAs(wa_id, { ...draft, ref, phone_number_id: number_id })
  } catch (error) {
    if (shown && thread.messages.has(ref)) thread.put({ ...shown, status: 'lost' })
    else notify(t('error', { message: error.message }))
  }
}

async function sendFile(kind, file) {
  const how = { kind, phone_number_id: state.number.phone_number_id, ...(kind === 'document' && { filename: file.name }) }
  try {
    await sendFileAs(state.customer.wa_id, file, how)
  } catch (error) {
    notify(t('error', { message: error.message }))
  }
}

function askClear() {
  const close = openSheet(t('clearAsk'), el('div', { class: 'actions' },
    el('p', {}, t('clearNote')),
    action('trash', t('clear'), async () => {
      close()
      await clearChat(state.customer.wa_id, state.number.phone_number_id).catch((error) => notify(t('error', { message: error.message })))
    }, 'action--danger')))
}

function notify(text) {
  at('notice').textContent = text
  at('notice').hidden = !text
}

function standing() {
  if (!state.connected) return t('offline')
  if (!state.number) return t('noNumber')
  return state.apps.some((app) => app.verified) ? '' : t('waitingApp')
}

function drawBar() {
  drawChatbar(at('chatbar'), state, acts)
  notify(standing())
  composer.enabled = Boolean(state.customer && state.number && state.connected)
}

function drawPeople() {
  const panel = at('people-panel')
  const field = panel.querySelector('input')
  if (field && field === document.activeElement) return
  const focused = panel.contains(document.activeElement) ? [...panel.querySelectorAll('button')].indexOf(document.activeElement) : -1
  replace(panel, chooser(state, acts, { titled: true }))
  if (focused >= 0) panel.querySelectorAll('button')[focused]?.focus({ preventScroll: true })
}

function drawAll() {
  drawBar()
  drawPeople()
}

function tellTime() {
  at('clock').textContent = timeOf(Date.now() / 1000).replace(/\s?[AP]M$/iu, '')
}

document.documentElement.lang = locale
document.title = `${t('title')} · PyTake`
replace(at('statusbar-icons'), icon('signal'), icon('wifi'), icon('battery'))
document.addEventListener('visibilitychange', () => live.look(!document.hidden))
setInterval(tellTime, 5000)
tellTime()
drawAll()
live.connect()
