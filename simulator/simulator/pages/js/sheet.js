// A sheet that slides up inside the phone. While it is open the rest of the phone is out of reach.

import { el } from './dom.js'
import { icon } from './icons.js'
import { t } from './i18n.js'

const BEHIND = ['chatbar', 'wallpaper', 'composer']

export function openSheet(title, content, { foot = null } = {}) {
  const place = document.getElementById('sheets')
  const before = document.activeElement
  const body = el('div', { class: 'sheet__body', role: 'dialog', 'aria-modal': 'true', 'aria-label': title },
    el('div', { class: 'sheet__head' }, el('h2', {}, title),
      el('button', { class: 'round-button', type: 'button', 'aria-label': t('close'), onclick: () => close() }, icon('close'))),
    el('div', { class: 'sheet__content' }, content),
    foot && el('div', { class: 'sheet__foot' }, foot))
  const sheet = el('div', { class: 'sheet', onclick: (event) => event.target === sheet && close() }, body)
  const onKey = (event) => event.key === 'Escape' && close()
  document.addEventListener('keydown', onKey)

  function close() {
    sheet.remove()
    document.removeEventListener('keydown', onKey)
    if (!place.children.length) setBehind(false)
    if (before?.isConnected) before.focus({ preventScroll: true })
  }

  place.replaceChildren(sheet)
  setBehind(true)
  const first = body.querySelector('[autofocus], input, .sheet__content button') ?? body.querySelector('button')
  first?.focus({ preventScroll: true })
  return close
}

function setBehind(inert) {
  for (const id of BEHIND) document.getElementById(id).inert = inert
}

export function action(name, label, act, extra = '') {
  return el('button', { class: `action ${extra}`, type: 'button', onclick: act }, icon(name), label)
}
