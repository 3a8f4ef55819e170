// What can be done with one message: react, reply, copy, and with one's own: edit, delete for everyone.

import { el } from './dom.js'
import { t } from './i18n.js'
import { action, openSheet } from './sheet.js'
import { snippet } from './snippets.js'

const REACTIONS = ['👍', '❤️', '😂', '😮', '😢', '🙏']

export function openMessageMenu(message, { reply, react, edit, revoke }) {
  const then = (act) => () => {
    close()
    act()
  }
  const mine = message.reactions?.customer
  const close = openSheet(snippet(message).slice(0, 60), el('div', {},
    el('div', { class: 'emoji-row' }, REACTIONS.map((emoji) => el('button', {
      class: 'emoji', type: 'button', 'aria-label': t('react', { emoji }), 'aria-pressed': String(mine === emoji),
      onclick: then(() => react(mine === emoji ? null : emoji)),
    }, emoji))),
    el('div', { class: 'actions' },
      action('reply', t('reply'), then(reply)),
      action('copy', t('copy'), then(() => navigator.clipboard?.writeText(snippet(message)))),
      isEditable(message) && action('form', t('edit'), then(() => ask(message, edit))),
      isMine(message) && action('trash', t('revoke'), then(revoke)))))
}

const isMine = ({ author, type }) => author === 'customer' && type !== 'revoked'
const isEditable = (message) => isMine(message) && (message.type === 'text' || Boolean(message.content.caption))

function ask({ content }, edit) {
  const before = content.body ?? content.caption
  const words = window.prompt(t('edit'), before)?.trim()
  if (words && words !== before) edit(words)
}
