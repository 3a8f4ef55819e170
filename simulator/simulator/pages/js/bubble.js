// One message, drawn.

import { cards, file, picture, place, product, sticker, template, voice } from './attachments.js'
import { choices } from './choices.js'
import { deck } from './deck.js'
import { el } from './dom.js'
import { icon, ticks } from './icons.js'
import { t } from './i18n.js'
import { formatted, isJumbo } from './markup.js'
import { snippet } from './snippets.js'
import { timeOf } from './time.js'

const TICKS = {
  pending: ['pending', ''],
  accepted: ['one', ''],
  delivered: ['two', ''],
  read: ['two', 'ticks--read'],
  lost: ['lost', 'ticks--lost'],
}

/** `context`: quoted message or null, the answer already given, the business's name, and what can be done. */
export function bubble(message, { quoted, taken, businessName, acts }) {
  const offered = message.author === 'business' ? choices(message, acts, taken) : null
  const parts = [body(message, acts, taken)].flat().filter(Boolean)
  const last = parts.at(-1)
  if (last.className === 'bubble__footer') last.append(meta(message))
  else parts.push(meta(message))
  return [
    el('div', { class: 'bubble' }, message.quotes && quote(quoted, businessName, acts.jumpTo), parts, offered),
    menuButton(message, acts),
    reactions(message),
    message.status === 'lost' && el('button', { class: 'lost', type: 'button', onclick: () => acts.retry(message) }, t('retry')),
  ].filter(Boolean)
}

export function quote(quoted, businessName, onJump) {
  const mine = quoted?.author === 'customer'
  const content = [
    el('span', { class: 'quote__who' }, mine ? t('you') : businessName),
    el('span', { class: 'quote__text' }, quoted ? snippet(quoted) : '…'),
  ]
  const properties = { class: `quote ${mine ? 'quote--mine' : ''}` }
  if (!onJump || !quoted) return el('div', properties, content)
  return el('button', { ...properties, type: 'button', title: t('jumpTo'), onclick: () => onJump(quoted.id) }, content)
}

function body(message, acts, taken) {
  const { type, content } = message
  switch (type) {
    case 'text':
      return text(content.body)
    case 'image':
    case 'video':
      return [picture(content, type), content.caption && text(content.caption)]
    case 'document':
      return [file(content), content.caption && text(content.caption)]
    case 'audio':
      return voice(message, acts.play)
    case 'sticker':
      return sticker(content)
    case 'location':
      return place(content)
    case 'contacts':
      return cards(content)
    case 'template':
      return template(content)
    case 'interactive':
      return interactive(message, acts, taken)
    case 'button':
      return text(content.text)
    default:
      return el('span', { class: 'unknown' }, snippet(message))
  }
}

function interactive(message, acts, taken) {
  const { content } = message
  if (content.type === 'button_reply' || content.type === 'list_reply') {
    const reply = content[content.type]
    return [text(reply.title), reply.description && el('p', { class: 'bubble__footer' }, reply.description)]
  }
  if (content.type === 'nfm_reply') return text(`📝 ${t('form')}`)
  if (content.type === 'call_permission_reply') return text(snippet(message))
  const header = content.header
  return [
    header?.type === 'text' && el('p', { class: 'bubble__header' }, header.text),
    (header?.type === 'image' || header?.type === 'video') && picture(header[header.type], header.type),
    header?.type === 'document' && file(header.document),
    content.type === 'product' && product(content.action),
    content.body && text(content.body.text),
    content.type === 'carousel' && deck(message, acts, taken),
    content.footer && el('p', { class: 'bubble__footer' }, content.footer.text),
  ]
}

function text(value = '') {
  return el('span', { class: `bubble__text ${isJumbo(value) ? 'bubble__text--jumbo' : ''}`, dir: 'auto' }, formatted(value))
}

function meta(message) {
  const time = el('time', { dateTime: new Date(message.at * 1000).toISOString() }, timeOf(message.at))
  return el('span', { class: 'meta' }, message.edited && message.type !== 'revoked' && `${t('edited')} `, time, message.author === 'customer' && tick(message.status))
}

export function tick(status) {
  const [kind, state] = TICKS[status] ?? TICKS.accepted
  return ticks(kind, t(status), state)
}

function menuButton(message, acts) {
  if (message.status === 'pending' || message.status === 'lost') return null
  return el('button', { class: 'message__menu', type: 'button', 'aria-label': t('options'), onclick: () => acts.openMenu(message) },
    icon('down'))
}

function reactions(message) {
  const emoji = Object.values(message.reactions ?? {})
  return emoji.length ? el('span', { class: 'reactions' }, [...new Set(emoji)].join('')) : null
}
