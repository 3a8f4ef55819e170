import { formatPhone } from '@/shared/format/phone'
import type { Contact } from './types'

/** The best name we have for a person; nothing when all we know is a number. */
export function nameOf(contact: Contact): string | null {
  return contact.name ?? contact.whatsapp_name
}

/** What to call a person on screen: a name, else the phone as people write it, else the user name. */
export function titleOf(contact: Contact): string | null {
  const { phone, username } = contact
  return nameOf(contact) ?? (phone ? formatPhone(phone) : username && `@${username}`)
}
