// Who the person with the phone is to a business: another number, another user id, a username, marketing or none.

import { changeAs } from './api.js'
import { el } from './dom.js'
import { t } from './i18n.js'
import { action, openSheet } from './sheet.js'

/** `notify` is told what did not work. */
export function openIdentity({ customer, number }, notify) {
  const close = openSheet(t('identity'), el('div', { class: 'identity' },
    el('p', { class: 'identity__now' }, known(customer)),
    asked('newNumber', customer.wa_id, (wa_id) => ask({ do: 'number', wa_id })),
    username(customer, (body) => ask({ do: 'username', ...body })),
    el('div', { class: 'actions' },
      action('form', t('newUserId'), () => ask({ do: 'user_id' })),
      number && marketing(customer, number, (wants) => ask({ do: 'marketing', wants, phone_number_id: number.phone_number_id })))))

  async function ask(change) {
    close()
    await changeAs(customer.wa_id, change).then(() => notify(''), (error) => notify(t('error', { message: error.message })))
  }
}

function known({ wa_id, user_id, username: name, hides_phone }) {
  return [name && hides_phone ? t('phoneHidden', { phone: wa_id }) : `+${wa_id}`, user_id, name && `@${name}`].filter(Boolean).join(' · ')
}

function asked(label, placeholder, onAnswer) {
  const field = el('input', { class: 'field', type: 'tel', placeholder, 'aria-label': t(label), required: true, maxLength: 20, autocomplete: 'off' })
  return form(field, t('change'), () => onAnswer(field.value.trim()))
}

function username(customer, onAnswer) {
  const field = el('input', { class: 'field', type: 'text', placeholder: t('username'), 'aria-label': t('username'), value: customer.username ?? '', maxLength: 35, autocomplete: 'off' })
  const hides = el('input', { type: 'checkbox', checked: customer.hides_phone })
  const done = form(field, t('change'), () => onAnswer({ username: field.value.trim() || null, hides_phone: hides.checked }))
  done.append(el('label', { class: 'identity__hides' }, hides, t('hidesPhone')))
  return done
}

function form(field, label, onsubmit) {
  return el('form', { class: 'identity__form', onsubmit: (event) => { event.preventDefault(); onsubmit() } },
    field, el('button', { class: 'wide-button', type: 'submit' }, label))
}

function marketing({ no_marketing_from: stopped }, { waba_id }, onAnswer) {
  const wants = !stopped.includes(waba_id)
  return action('person', t(wants ? 'stopMarketing' : 'resumeMarketing'), () => onAnswer(!wants))
}

/** Somebody has become known by something else. Answers whether that is who holds this phone, on another line. */
export function followPerson(state, { before, person }) {
  const there = state.people.some((each) => each.wa_id === before)
  state.people = there ? state.people.map((each) => (each.wa_id === before ? person : each)) : [...state.people, person]
  if (state.customer?.wa_id === before) state.customer = person
  if (before === person.wa_id) return false
  for (const [key, message] of [...state.latest]) {
    const [number, wa_id] = key.split('/')
    if (wa_id !== before) continue
    state.latest.delete(key)
    state.latest.set(`${number}/${person.wa_id}`, { ...message, wa_id: person.wa_id })
  }
  if (state.unread.has(before)) state.unread.set(person.wa_id, state.unread.get(before))
  state.unread.delete(before)
  return state.customer === person
}
