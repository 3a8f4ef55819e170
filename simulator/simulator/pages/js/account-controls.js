// What one chooses and presses on the account's page.

import { el } from './dom.js'

export function select(values, chosen) {
  const list = el('select', {}, values.map((value) => el('option', { value }, value)))
  list.value = chosen
  return list
}

export function button(text, onclick, main = false) {
  return el('button', { type: 'button', onclick, data: main ? { main: '' } : {} }, text)
}
