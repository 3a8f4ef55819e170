// A round with initials; its colour comes from the name.

import { el } from './dom.js'

const HUES = [165, 262, 22, 205, 330, 95, 230, 350, 40, 185]

export function initials(name) {
  const words = name.split(/[\s-]+/u).filter((word) => /^\p{L}/u.test(word) && word.length > 2)
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0] ?? name]
  return picked.map((word) => [...word][0] ?? '').join('').toUpperCase()
}

/** `hue` fixes the colour, e.g. of the business. */
export function avatar(name, hue = null) {
  const element = el('span', { class: 'avatar', 'aria-hidden': 'true' }, initials(name))
  const hash = [...name].reduce((sum, letter) => Math.imul(sum ^ letter.codePointAt(0), 16777619) >>> 0, 2166136261) >>> 7
  element.style.setProperty('--hue', hue ?? HUES[hash % HUES.length])
  return element
}
