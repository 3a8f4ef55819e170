// A carousel's cards, side by side.

import { picture, product } from './attachments.js'
import { cardChoices } from './choices.js'
import { el } from './dom.js'
import { t } from './i18n.js'
import { formatted } from './markup.js'

export function deck(message, acts, taken) {
  const cards = message.content.action.cards.map((card) =>
    el('div', { class: 'deck__card', role: 'listitem' },
      card.type === 'product' ? product(card.action) : picture(card.header[card.header.type], card.header.type),
      card.body && el('span', { class: 'bubble__text', dir: 'auto' }, formatted(card.body.text)),
      el('div', { class: 'choices' }, cardChoices(card, message, acts, taken))))
  return el('div', { class: 'deck', role: 'list', tabindex: '0', 'aria-label': t('deck') }, cards)
}
