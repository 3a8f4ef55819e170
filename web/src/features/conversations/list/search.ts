import { hasWords } from '@/shared/format/fold'
import { titleOf } from '../person'
import type { Conversation } from '../types'

/** The loaded conversations that a person typing `query` may mean: accents, case and phone punctuation do not count. */
export function searchConversations(all: Conversation[], query: string): Conversation[] {
  return all.filter((conversation) => hasWords(searchable(conversation), query))
}

function searchable({ contact, last_message }: Conversation): string {
  const { name, whatsapp_name, phone, username } = contact
  const texts = [titleOf(contact), name, whatsapp_name, username, phone, last_message?.preview]
  return texts.filter(Boolean).join(' ')
}
