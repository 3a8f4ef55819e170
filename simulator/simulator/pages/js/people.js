// Choosing who holds the phone, and making new people.

import { avatar } from './avatars.js'
import { round } from './composer.js'
import { el } from './dom.js'
import { t } from './i18n.js'
import { snippet } from './snippets.js'
import { timeOf } from './time.js'

/** The chooser, for the panel beside the phone or for the sheet inside it. */
export function chooser(state, acts, { titled }) {
  return el('div', { class: 'people' },
    titled && el('h1', { class: 'people__title' }, t('whoTitle')),
    titled && el('p', { class: 'people__lead' }, t('whoLead')),
    state.numbers.length > 1 && numbers(state, acts),
    el('ul', { class: 'people__list' }, state.people.map((person) => el('li', {}, row(person, state, acts)))),
    newPerson(acts))
}

function row(person, state, acts) {
  const latest = state.latest.get(`${state.number?.phone_number_id}/${person.wa_id}`)
  const unread = state.unread.get(person.wa_id) ?? 0
  return el('button', {
    class: 'person', type: 'button', 'aria-current': String(person.wa_id === state.customer?.wa_id), onclick: () => acts.choose(person.wa_id),
  },
  avatar(person.name),
  el('span', { class: 'person__text' },
    el('span', { class: 'person__line' },
      el('span', { class: 'person__name' }, person.name), latest && el('time', {}, timeOf(latest.at))),
    el('span', { class: 'person__last' }, latest ? snippet(latest) : t('noMessages'))),
  unread > 0 && el('span', { class: 'person__count' }, String(unread)))
}

function newPerson(acts) {
  const name = el('input', { class: 'field', type: 'text', placeholder: t('newPerson'), 'aria-label': t('newPerson'), maxLength: 60, required: true, autocomplete: 'off' })
  const submit = round('plus', t('addPerson'), null)
  submit.type = 'submit'
  return el('form', {
    class: 'new-person',
    onsubmit: (event) => {
      event.preventDefault()
      if (name.value.trim()) acts.create(name.value.trim())
      name.value = ''
    },
  }, name, submit)
}

function numbers(state, acts) {
  const select = el('select', { class: 'field', onchange: () => acts.chooseNumber(select.value) },
    state.numbers.map((number) => el('option', { value: number.phone_number_id, selected: number === state.number },
      `${number.verified_name} · ${number.display_phone_number}`)))
  return el('label', { class: 'numbers' }, t('number'), select)
}
