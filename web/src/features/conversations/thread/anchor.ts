import type { Message } from '../types'

/** The id a bubble has on the page. */
export function anchorOf(message: Message): string {
  return `message-${message.id}`
}

/** Brings a message into sight. */
export function reveal(message: Message): void {
  document.getElementById(anchorOf(message))?.scrollIntoView({ block: 'nearest' })
}

/** Goes to a message, and makes it stand out for a moment. */
export function show(message: Message): void {
  const target = document.getElementById(anchorOf(message))
  target?.scrollIntoView({ block: 'center', behavior: 'smooth' })
  target?.animate({ opacity: [1, 0.35, 1] }, { duration: 900, iterations: 2 })
}
