// What can be tapped under a message: reply buttons, a list, a link, a form, a request.

import { el } from './dom.js'
import { icon } from './icons.js'
import { t } from './i18n.js'
import { link } from './markup.js'
import { openSheet } from './sheet.js'

/** The row of choices of a message, or null. `acts` does what is chosen; `taken` is the answer given. */
export function choices(message, acts, taken) {
  const items = message.type === 'template' ? quickReplies(message, acts, taken) : interactive(message, acts, taken)
  return items.length ? el('div', { class: 'choices' }, items) : null
}

function interactive(message, acts, taken) {
  const content = message.content
  const action = content.action ?? {}
  const tap = (id) => acts.tap(message, id)
  switch (content.type) {
    case 'button':
      return action.buttons.map(({ reply }) => choice('reply', reply.title, () => tap(reply.id), state(taken, reply.id)))
    case 'list':
      return [choice('list', action.button, () => openList(message, tap), '')]
    case 'cta_url':
      return [linkChoice(action.parameters)]
    case 'flow':
      return [choice('form', action.parameters.flow_cta, () => acts.fillForm(message), '')]
    case 'location_request_message':
      return [choice('pin', t('sendPlace'), () => acts.sendPlace(message), '')]
    case 'request_contact_info':
      return [choice('person', t('sharePhone'), () => acts.sharePhone(message), '')]
    case 'call_permission_request':
      return [choice('check', t('permitCalls'), () => tap('accept'), ''), choice('close', t('refuseCalls'), () => tap('reject'), '')]
    case 'voice_call':
      return [shown('plug', action.parameters?.display_text ?? t('callUs'))]
    case 'address_message':
      return [shown('pin', t('giveAddress'))]
    case 'catalog_message':
      return [shown('list', t('catalog'))]
    case 'product_list':
      return [shown('list', t('products'))]
    default:
      return []
  }
}

function quickReplies(message, acts, taken) {
  return (message.content.components ?? [])
    .filter((component) => component.sub_type?.toLowerCase() === 'quick_reply')
    .flatMap((component) => component.parameters ?? [])
    .map(({ payload }) => choice('reply', payload, () => acts.tap(message, payload), state(taken, payload)))
}

function state(taken, id) {
  if (!taken) return ''
  return taken === id ? 'choice--taken' : 'choice--passed'
}

function choice(name, label, act, extra) {
  return el('button', { class: `choice ${extra}`, type: 'button', onclick: act },
    icon(extra === 'choice--taken' ? 'check' : name), label)
}

/** What can be tapped on a card. */
export function cardChoices({ action }, message, acts, taken) {
  if (action.name === 'cta_url') return [linkChoice(action.parameters)]
  return (action.buttons ?? []).map(({ quick_reply: { id, title } }) =>
    choice('reply', title, () => acts.tap(message, id), state(taken, id)))
}

/** It is there, and nothing on this phone comes of it. */
function shown(name, label) {
  return el('span', { class: 'choice' }, icon(name), label)
}

function linkChoice({ display_text: label, url }) {
  const anchor = link(url, icon('link'), label)
  anchor.className = 'choice'
  return anchor
}

function openList(message, tap) {
  const send = el('button', { class: 'wide-button', type: 'submit', disabled: true }, t('send'))
  const form = el('form', { onchange: () => { send.disabled = false } }, message.content.action.sections.map(section))
  const close = openSheet(message.content.action.button, form, { foot: send })
  send.addEventListener('click', () => {
    close()
    tap(new FormData(form).get('row'))
  })
  form.addEventListener('submit', (event) => event.preventDefault())
}

function section({ title, rows }) {
  return el('fieldset', { class: 'section' }, el('legend', { class: title ? '' : 'visually-hidden' }, title ?? t('list')),
    rows.map((row) => el('label', { class: 'row' },
      el('span', { class: 'row__text' }, row.title, row.description && el('small', {}, row.description)),
      el('input', { type: 'radio', name: 'row', value: row.id }))))
}
