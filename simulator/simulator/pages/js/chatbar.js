// The bar above the chat: who one talks to, what they are doing, and the menu.

import { avatar } from './avatars.js'
import { round } from './composer.js'
import { el, replace } from './dom.js'
import { icon } from './icons.js'
import { t } from './i18n.js'
import { action, openSheet } from './sheet.js'
import { isDark, toggleTheme } from './theme.js'

const BRAND_HUE = 172

export function drawChatbar(place, { customer, number, typing, connected }, acts) {
  const name = number?.verified_name ?? t('title')
  const state = typing ? t('typing') : `${t('business')} · ${connected ? t('online') : '…'}`
  replace(place,
    avatar(name, BRAND_HUE),
    el('div', { class: 'chatbar__who' },
      el('h2', { class: 'chatbar__name' }, el('span', {}, name), icon('verified')),
      el('p', { class: 'chatbar__state' }, number ? state : '')),
    round(isDark() ? 'sun' : 'moon', isDark() ? t('light') : t('dark'), () => {
      toggleTheme()
      acts.redraw()
    }),
    round('menu', t('menu'), () => openMenu(acts, customer)))
}

function openMenu(acts, customer) {
  const then = (act) => () => {
    close()
    act()
  }
  const close = openSheet(t('menu'), el('div', { class: 'actions' },
    action('people', t('switchPerson'), then(acts.openPeople)),
    customer && action('person', t('identity'), then(acts.openIdentity)),
    action('trash', t('clear'), then(acts.askClear), 'action--danger')))
}
