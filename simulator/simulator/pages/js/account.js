// The business account as Meta's reviewer sees it: every template, and what may be decided about it.

import './theme.js'
import { w } from './account-words.js'
import { decide, listTemplates } from './api.js'
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

async function show() {
  const { items } = await listTemplates()
  replace(place('account-templates'), items.length ? items.map(card) : el('li', {}, w('none')))
}

async function act(template, decision) {
  try {
    await decide(template.id, decision)
    say('')
    await show()
  } catch (error) {
    say(w('error', { message: error.message }))
  }
}

function card(template) {
  const body = template.components.find((part) => part.type === 'BODY')?.text ?? ''
  return el(
    'li',
    { class: 'tpl', 'aria-label': template.name },
    el(
      'div',
      { class: 'tpl__head' },
      el('h2', {}, `${template.name} · ${template.language}`),
      el('span', { class: 'tpl__state' }, template.status),
      el('span', {}, template.category),
      el('span', {}, w('was', { score: template.quality_score })),
    ),
    el('p', { class: 'tpl__body' }, body),
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
    { class: 'tpl__acts' },
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
    { class: 'tpl__acts' },
    el('label', {}, w('quality'), score),
    el('label', {}, w('category'), category),
    button(w('announce'), recategorise(true)),
    button(w('change'), recategorise(false)),
  )
}

function select(values, chosen) {
  const list = el('select', {}, values.map((value) => el('option', { value }, value)))
  list.value = chosen
  return list
}

function button(text, onclick, main = false) {
  return el('button', { type: 'button', onclick, data: main ? { main: '' } : {} }, text)
}

place('account-title').textContent = w('title')
place('account-lead').textContent = w('lead')
document.title = `${w('title')} · PyTake`

new Live({
  onEvent: (event) => {
    if (event.type === 'template' || event.type === 'hello') show()
  },
  onState: (connected) => say(connected ? '' : w('offline')),
}).connect()
