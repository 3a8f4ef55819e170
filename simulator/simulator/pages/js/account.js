// The business account as Meta sees it: its numbers and templates, and what may be decided about them.

import './theme.js'
import { button, select } from './account-controls.js'
import { numberCards } from './account-numbers.js'
import { w } from './account-words.js'
import { decide, listNumbers, listTemplates } from './api.js'
import { el, replace } from './dom.js'
import { Live } from './live.js'

const REASONS = ['INVALID_FORMAT', 'INCORRECT_CATEGORY', 'ABUSIVE_CONTENT', 'PROMOTIONAL', 'SCAM', 'TAG_CONTENT_MISMATCH']
const SCORES = ['GREEN', 'YELLOW', 'RED', 'UNKNOWN']
const CATEGORIES = ['MARKETING', 'UTILITY', 'AUTHENTICATION']

const place = (id) => document.getElementById(id)

function say(text) {
  place('account-notice').hidden = !text
  place('account-notice').textContent = text
}

/** Shows what is listed now. What did not change stays as it is: somebody may be writing in it. */
function shower(id, list, cards, nothing) {
  let asked = 0
  let shown = ''
  return async () => {
    asked += 1
    const mine = asked
    const { items } = await list()
    const now = JSON.stringify(items)
    if (mine !== asked || now === shown) return
    shown = now
    replace(place(id), items.length ? cards(items) : el('li', {}, nothing))
  }
}

const showTemplates = shower('account-templates', listTemplates, (items) => items.map(card), w('none'))
const showNumbers = shower('account-numbers', listNumbers, (items) => numberCards(items, attempt), w('noNumber'))

/** What goes wrong is said at the top; what happens after it went well is the caller's. */
async function attempt(deed) {
  try {
    const told = await deed()
    say('')
    return told
  } catch (error) {
    say(w('error', { message: error.message }))
    return undefined
  }
}

const act = (template, decision) =>
  attempt(async () => {
    await decide(template.id, decision)
    await showTemplates()
  })

function card(template) {
  const body = template.components.find((part) => part.type === 'BODY')?.text ?? ''
  return el(
    'li',
    { class: 'matter', 'aria-label': template.name },
    el(
      'div',
      { class: 'matter__head' },
      el('h3', {}, `${template.name} · ${template.language}`),
      el('span', { class: 'matter__state' }, template.status),
      el('span', {}, template.category),
      el('span', {}, w('was', { score: template.quality_score })),
    ),
    el('p', { class: 'matter__body' }, body),
    decisions(template),
    marks(template),
  )
}

function decisions(template) {
  const reason = select(REASONS, REASONS[0])
  const told = el('input', { type: 'text' })
  const reject = () =>
    act(template, { do: 'status', status: 'REJECTED', reason: reason.value, info: told.value ? { reason: told.value } : {} })
  const to = (status) => () => act(template, { do: 'status', status })
  return el(
    'div',
    { class: 'matter__acts' },
    button(w('approve'), to('APPROVED'), true),
    el('label', {}, w('reason'), reason),
    el('label', {}, w('explanation'), told),
    button(w('reject'), reject),
    button(w('pause'), to('PAUSED')),
    button(w('disable'), to('DISABLED')),
  )
}

function marks(template) {
  const score = select(SCORES, template.quality_score)
  const category = select(CATEGORIES, template.category)
  score.addEventListener('change', () => act(template, { do: 'quality', score: score.value }))
  const recategorise = (impending) => () => act(template, { do: 'category', category: category.value, impending })
  return el(
    'div',
    { class: 'matter__acts' },
    el('label', {}, w('quality'), score),
    el('label', {}, w('category'), category),
    button(w('announce'), recategorise(true)),
    button(w('change'), recategorise(false)),
  )
}

place('account-title').textContent = w('title')
place('account-lead').textContent = w('lead')
place('account-numbers-title').textContent = w('numbers')
place('account-templates-title').textContent = w('templates')
document.title = `${w('title')} · PyTake`

new Live({
  onEvent: (event) => {
    if (event.type === 'template' || event.type === 'hello') showTemplates()
    if (event.type === 'number' || event.type === 'hello') showNumbers()
  },
  onState: (connected) => say(connected ? '' : w('offline')),
}).connect()
