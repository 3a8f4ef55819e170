// Where one writes: grows with the text, sends with Enter, quotes, attaches.

import { quote } from './bubble.js'
import { el, replace } from './dom.js'
import { icon } from './icons.js'
import { t } from './i18n.js'
import { action, openSheet } from './sheet.js'

const EMOJI = '😀 😂 😊 😍 🥰 😘 😎 🤔 😅 😢 😭 😡 🙏 👍 👎 👏 🙌 💪 🎉 ❤️ 💚 💙 ⭐ 🔥 ✅ ❌ ☕ 🍞 🥐 🎂 🍕 🛵 📦 💰 📍 📞 ⏰ 🌞 🌙 🐶'.split(' ')

export class Composer {
  constructor(place, { onText, onAttach, onFile, businessName }) {
    this.onText = onText
    this.onFile = onFile
    this.onAttach = onAttach
    this.businessName = businessName
    this.quoted = null
    this.area = el('textarea', {
      rows: 1, placeholder: t('write'), 'aria-label': t('write'), maxLength: 4096, enterKeyHint: 'send', autocomplete: 'off',
      oninput: () => this.grow(), onkeydown: (event) => this.key(event),
    })
    this.quoteBox = el('div', { class: 'composer__quote', hidden: true })
    this.sendButton = round('send', t('send'), () => this.send(), 'composer__send')
    place.append(this.quoteBox, el('div', { class: 'composer__row' },
      el('div', { class: 'composer__box' },
        round('smile', t('emoji'), () => this.openEmoji()), this.area, round('attach', t('attach'), () => this.openAttach())),
      this.sendButton))
    this.grow()
  }

  set enabled(enabled) {
    this.area.disabled = !enabled
    this.sendButton.disabled = !enabled
  }

  key(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      this.send()
    } else if (event.key === 'Escape' && this.quoted) this.quote(null)
  }

  send() {
    const text = this.area.value.trim()
    if (!text || this.area.disabled) return
    this.onText(text, this.quoted?.id ?? null)
    this.area.value = ''
    this.quote(null)
    this.grow()
  }

  grow() {
    this.area.style.height = 'auto'
    this.area.style.height = `${Math.max(46, Math.min(130, this.area.scrollHeight))}px`
  }

  quote(message) {
    this.quoted = message
    this.quoteBox.hidden = !message
    if (message) {
      replace(this.quoteBox, quote(message, this.businessName(), null), round('close', t('cancelReply'), () => this.quote(null)))
      this.focus()
    }
  }

  focus() {
    this.area.focus({ preventScroll: true })
  }

  openEmoji() {
    const insert = (emoji) => {
      close()
      this.area.setRangeText(emoji, this.area.selectionStart, this.area.selectionEnd, 'end')
      this.grow()
      this.focus()
    }
    const close = openSheet(t('emoji'), el('div', { class: 'emoji-grid' },
      EMOJI.map((emoji) => el('button', { class: 'emoji', type: 'button', onclick: () => insert(emoji) }, emoji))))
  }

  openAttach() {
    const pick = (kind) => () => {
      close()
      this.onAttach(kind)
    }
    const done = () => close()
    const close = openSheet(t('attach'), el('div', { class: 'actions' },
      action('image', t('photo'), this.chooser('image', 'image/jpeg,image/png', done)),
      action('video', t('video'), this.chooser('video', 'video/mp4,video/3gpp', done)),
      action('mic', t('voice'), pick('voice')),
      action('list', t('audio'), this.chooser('audio', 'audio/*', done)),
      action('file', t('document'), this.chooser('document', '', done)),
      action('smile', t('sticker'), pick('sticker')), action('pin', t('place'), pick('place'))))
  }

  /** The browser's own window for files; the sheet goes when one was chosen. */
  chooser(kind, accept, done) {
    const input = el('input', { type: 'file', accept, onchange: () => {
      done()
      if (input.files[0]) this.onFile(kind, input.files[0])
    } })
    return () => input.click()
  }
}

export function round(name, label, act, extra = '') {
  return el('button', { class: `round-button ${extra}`, type: 'button', 'aria-label': label, title: label, onclick: act }, icon(name))
}
