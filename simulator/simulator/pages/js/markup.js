// WhatsApp's own markup and links, as elements and text nodes.

import { el } from './dom.js'

const INLINE =
  /```([\s\S]+?)```\n?|`([^`\n]+)`|(https?:\/\/[^\s<>"]+)|(?<![\p{L}\p{N}*_~])([*_~])(?=\S)([^\n]*?\S)\4(?![\p{L}\p{N}*_~])/gu
const TAGS = { '*': 'strong', _: 'em', '~': 's' }
const AFTER_LINK = /[.,;:!?)\]}'"»]+$/u
const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}[\p{Emoji_Modifier}\u{FE0F}\u{200D}\p{Extended_Pictographic}]*\s*){1,3}$/u

export function formatted(text) {
  const parts = []
  for (const block of blocks(text)) {
    if (block.quoted) parts.push(el('blockquote', {}, ...inline(block.text)))
    else parts.push(...inline(block.text))
  }
  return parts
}

export const isJumbo = (text) => EMOJI_ONLY.test(text.trim())

/** Runs of lines that begin with "> ", and the rest. */
function blocks(text) {
  const found = []
  for (const line of text.split(/(?<=\n)/)) {
    const quoted = line.startsWith('> ')
    const content = quoted ? line.slice(2) : line
    const last = found.at(-1)
    if (last && last.quoted === quoted) last.text += content
    else found.push({ quoted, text: content })
  }
  return found
}

function inline(text) {
  const parts = []
  let from = 0
  for (const match of text.matchAll(INLINE)) {
    if (match.index > from) parts.push(text.slice(from, match.index))
    const { node, length } = piece(match)
    parts.push(node)
    from = match.index + length
  }
  if (from < text.length) parts.push(text.slice(from))
  return parts
}

function piece(match) {
  const [whole, block, code, url, mark, marked] = match
  if (block !== undefined) return { node: el('pre', {}, block), length: whole.length }
  if (code !== undefined) return { node: el('code', {}, code), length: whole.length }
  if (url !== undefined) {
    const address = url.replace(AFTER_LINK, '')
    return { node: link(address), length: address.length }
  }
  return { node: el(TAGS[mark], {}, ...inline(marked)), length: whole.length }
}

export function link(address, ...content) {
  return el('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, ...(content.length ? content : [address]))
}
