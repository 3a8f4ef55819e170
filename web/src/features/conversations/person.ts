import { formatPhone } from '@/shared/format/phone'
import { readRecord, readString } from '@/shared/json/read'
import type { Contact, Message } from './types'

/** The best name we have for a person; nothing when all we know is a number. */
export function nameOf(contact: Contact): string | null {
  return contact.name ?? contact.whatsapp_name
}

/** What to call a person on screen: a name, else the phone as people write it, else the user name. */
export function titleOf(contact: Contact): string | null {
  const { phone, username } = contact
  return nameOf(contact) ?? (phone ? formatPhone(phone) : username && `@${username}`)
}

/** What to call a contact of whom no name is known. */
export function unnamed({ is_group }: Contact): 'conversations.group' | 'conversations.unnamed' {
  return is_group ? 'conversations.group' : 'conversations.unnamed'
}

/** Who of a group wrote a message. */
export function authorOf({ metadata }: Pick<Message, 'metadata'>): string | undefined {
  const author = readRecord(metadata, 'author') ?? {}
  const phone = readString(author, 'wa_id')
  return readString(author, 'name') ?? (phone && formatPhone(`+${phone}`))
}
