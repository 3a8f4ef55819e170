// Everything in a bubble that is not text: pictures, files, voices, places, cards.

import { fileAddress } from './api.js'
import { avatar } from './avatars.js'
import { el, svg } from './dom.js'
import { icon } from './icons.js'
import { t } from './i18n.js'

export function picture(content, kind) {
  if (!content.id) return tile(content, kind)
  const src = fileAddress(content.id)
  if (kind === 'video') return el('video', { class: 'shown', src, controls: true, preload: 'metadata', 'aria-label': t('video') })
  return el('img', { class: 'shown', src, alt: t('photo'), onerror: (event) => event.target.replaceWith(tile(content, kind)) })
}

function tile(content, kind) {
  return el('div', { class: 'tile', role: 'img', 'aria-label': t(kind === 'video' ? 'video' : 'photo') },
    icon(kind === 'video' ? 'play' : 'image'),
    content.link && el('span', { class: 'tile__name' }, nameOf(content.link)))
}

export function sticker(content) {
  const drawn = el('div', { class: 'tile tile--sticker', role: 'img', 'aria-label': t('sticker') }, icon('smile'))
  if (!content.id) return drawn
  return el('img', { class: 'sticker', src: fileAddress(content.id), alt: t('sticker'), onerror: (event) => event.target.replaceWith(drawn) })
}

export function place(content) {
  return [
    el('div', { class: 'tile tile--place', role: 'img', 'aria-label': t('place') }, icon('pin')),
    el('strong', {}, content.name ?? t('place')),
    el('div', { class: 'bubble__footer' }, content.address ?? `${content.latitude}, ${content.longitude}`),
  ]
}

export function file(content) {
  const name = content.filename ?? (content.link ? nameOf(content.link) : t('document'))
  const ending = name.includes('.') ? name.split('.').at(-1).slice(0, 4).toUpperCase() : 'DOC'
  const whole = content.id ? { href: fileAddress(content.id), download: name } : {}
  return el(content.id ? 'a' : 'div', { class: 'file', ...whole }, el('span', { class: 'file__icon', 'aria-hidden': 'true' }, ending),
    el('span', {}, el('b', {}, name), el('small', {}, t('document'))))
}

export function voice(message, onPlay) {
  const lines = [...message.id].slice(-34).map((letter, index) => {
    const height = 4 + (letter.charCodeAt(0) * (index + 3)) % 19
    return svg('line', { x1: 2 + index * 4.4, x2: 2 + index * 4.4, y1: 13 - height / 2, y2: 13 + height / 2 })
  })
  return el('div', { class: `voice ${message.status === 'played' ? 'voice--played' : ''}` },
    el('button', { class: 'voice__play', type: 'button', 'aria-label': t('playVoice'), onclick: () => play(message, onPlay) }, icon('play')),
    svg('svg', { class: 'voice__wave', viewBox: '0 0 150 26', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, ...lines))
}

/** The voice is heard, or stopped; the business learns that its own was played. */
function play(message, onPlay) {
  onPlay?.(message)
  if (!message.content.id) return
  if (heard.src.endsWith(fileAddress(message.content.id)) && !heard.paused) return heard.pause()
  heard.src = fileAddress(message.content.id)
  heard.play().catch(() => {})
}

const heard = new Audio()

export function cards(content) {
  return (content.contacts ?? []).map((card) => {
    const name = card.name?.formatted_name ?? card.phones?.[0]?.phone ?? t('contact')
    return el('div', { class: 'card' }, avatar(name), el('span', {}, el('b', {}, name), el('small', {}, card.phones?.[0]?.phone ?? '')))
  })
}

export function product({ product_retailer_id: name }) {
  return el('div', { class: 'tile', role: 'img', 'aria-label': t('product') }, icon('image'), el('span', { class: 'tile__name' }, name))
}

export function template(content) {
  const texts = (content.components ?? [])
    .flatMap((component) => [component, ...(component.cards ?? []).flatMap((card) => card.components ?? [])])
    .flatMap((component) => (component.type?.toLowerCase() === 'button' ? [] : (component.parameters ?? [])))
    .map((parameter) => parameter.text ?? parameter.currency?.fallback_value ?? parameter.date_time?.fallback_value)
    .filter(Boolean)
  return [
    el('p', { class: 'template-name' }, icon('form'), `${t('template')} · ${content.name}`),
    el('ul', { class: 'template-values' }, texts.map((text) => el('li', {}, text))),
  ]
}

function nameOf(address) {
  try {
    const url = new URL(address)
    return decodeURIComponent(url.pathname.split('/').at(-1) || url.host)
  } catch {
    return address
  }
}
