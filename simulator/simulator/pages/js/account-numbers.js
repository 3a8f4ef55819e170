// The account's numbers: how Meta sees each, changed by hand. The webhooks that Meta would send follow.

import { button, select } from './account-controls.js'
import { w } from './account-words.js'
import { changeNumber, renewToken } from './api.js'
import { el } from './dom.js'

const CHOSEN = ['quality_rating', 'messaging_limit', 'throughput', 'name_status']

/** Tokens that were told, as long as the page is open: for whoever has yet to copy one. */
const told = new Map()

export function numberCards(numbers, attempt) {
  return numbers.map((number) => card(number, attempt))
}

function card(number, attempt) {
  const change = (changes) => attempt(() => changeNumber(number.phone_number_id, changes))
  return el(
    'li',
    { class: 'matter', 'aria-label': number.display_phone_number },
    el(
      'div',
      { class: 'matter__head' },
      el('h3', {}, `${number.verified_name} · ${number.display_phone_number}`),
      el('span', { class: 'matter__state' }, number.status),
    ),
    el('div', { class: 'matter__acts' }, CHOSEN.map((name) => choice(number, name, change))),
    deeds(number, change, attempt),
    token(number),
  )
}

function choice(number, name, change) {
  const list = select(number.choices[name], number[name])
  list.addEventListener('change', () => change({ [name]: list.value }))
  return el('label', {}, w(name), list)
}

function deeds(number, change, attempt) {
  const to = (status) => () => change({ status })
  const isWell = number.status === 'CONNECTED'
  return el(
    'div',
    { class: 'matter__acts' },
    isWell ? button(w('flag'), to('FLAGGED')) : button(w('reconnect'), to('CONNECTED'), true),
    number.status !== 'DISCONNECTED' && button(w('disconnect'), to('DISCONNECTED')),
    button(w('expire'), () => expire(number, attempt)),
  )
}

async function expire({ phone_number_id: id }, attempt) {
  const renewed = await attempt(() => renewToken(id))
  if (!renewed) return
  told.set(id, renewed.access_token)
  document.querySelector(`[data-token-of="${id}"]`)?.replaceWith(token({ phone_number_id: id }))
}

function token({ phone_number_id: id }) {
  const known = told.get(id)
  const place = { class: 'matter__told', role: 'status', hidden: known === undefined, data: { tokenOf: id } }
  return el('p', place, known !== undefined && w('newToken'), known !== undefined && el('code', {}, known))
}
