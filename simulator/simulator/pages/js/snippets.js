// One line that says what a message is: for quotes, previews and the log.

import { t } from './i18n.js'

const KINDS = {
  image: () => `📷 ${t('photo')}`,
  video: () => `🎬 ${t('video')}`,
  audio: (content) => (content.voice ? `🎤 ${t('voice')}` : `🎵 ${t('audio')}`),
  sticker: () => `🌟 ${t('sticker')}`,
  document: (content) => `📄 ${content.filename ?? t('document')}`,
  location: (content) => `📍 ${content.name ?? t('place')}`,
  contacts: (content) => `👤 ${content.contacts?.[0]?.name?.formatted_name ?? t('contact')}`,
  template: (content) => `🗂 ${content.name}`,
  order: () => `🛒 ${t('order')}`,
  button: (content) => content.text,
  revoked: () => `🚫 ${t('revoked')}`,
  reaction: (content) => content.emoji || '–',
}

const MARKS = /```|(?<![\p{L}\p{N}])[*_~](?=\S)|(?<=\S)[*_~](?![\p{L}\p{N}])/gu

/** Plain: the marks of bold, italic and the like are left out. */
export const snippet = (message) => words(message).replace(MARKS, '')

function words({ type, content = {} }) {
  if (type === 'text') return content.body ?? ''
  if (content.caption) return content.caption
  if (type === 'interactive') return interactive(content)
  return KINDS[type]?.(content) ?? t('unknown')
}

function interactive(content) {
  const reply = content.button_reply ?? content.list_reply
  if (reply) return reply.title
  if (content.nfm_reply) return `📝 ${t('form')}`
  if (content.call_permission_reply) return `📞 ${t(content.call_permission_reply.response === 'accept' ? 'permitCalls' : 'refuseCalls')}`
  return content.body?.text ?? (content.type === 'product' ? `🛍 ${t('product')}` : t('unknown'))
}
