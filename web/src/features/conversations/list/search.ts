import { titleOf } from '../person'
import type { Conversation } from '../types'

/** The loaded conversations that a person typing `query` may mean: accents, case and phone punctuation do not count. */
export function searchConversations(all: Conversation[], query: string): Conversation[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return all
  return all.filter((conversation) => {
    const text = searchable(conversation)
    return words.every((word) => text.includes(word))
  })
}

function searchable({ contact, last_message }: Conversation): string {
  const { name, whatsapp_name, phone, username } = contact
  const texts = [titleOf(contact), name, whatsapp_name, username, phone, last_message?.preview]
  return fold(texts.filter(Boolean).join(' '))
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
}
