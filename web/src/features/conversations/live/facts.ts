import type { LiveEvent } from '@/shared/api/socket'
import { readNumber, readString, type Json } from '@/shared/json/read'
import { laterStatus } from '../delivery'
import { listedKind, listedWords } from '../marks'
import { byAge } from '../order'
import { isMessage, type Conversation, type Message } from '../types'

const WINDOW = 24 * 60 * 60 * 1000

/** The conversation an event speaks of, if it speaks of one. */
export function conversationOf(event: LiveEvent): string | undefined {
  return messageOf(event)?.conversation_id ?? readString(event.payload, 'conversation_id')
}

export function messageOf(event: LiveEvent): Message | undefined {
  const message = event.payload.message
  return event.type.startsWith('message.') && isMessage(message) ? message : undefined
}

/** The conversation after an event. Applying an event twice, or late, changes nothing more. */
export function afterEvent(conversation: Conversation, event: LiveEvent): Conversation {
  const message = messageOf(event)
  if (message) return afterMessage(conversation, message)
  if (event.type.startsWith('conversation.')) return afterChange(conversation, event.payload)
  return conversation
}

function afterMessage(conversation: Conversation, message: Message): Conversation {
  const { last_message: last } = conversation
  if (last?.id === message.id) {
    const status = laterStatus(last.status, message.status)
    const type = listedKind(message)
    if (status === last.status && type === last.type && !message.metadata.edits) return conversation
    const preview = listedWords(message)
    return { ...conversation, last_message: { ...last, type, preview, status } }
  }
  if (last && byAge(message, last) < 0) return conversation

  return {
    ...conversation,
    ...(message.direction === 'inbound' && openWindow(conversation, message)),
    message_count: conversation.message_count + 1,
    last_message_at: message.created_at,
    last_message: {
      id: message.id,
      direction: message.direction,
      sender_type: message.sender_type,
      type: listedKind(message),
      preview: listedWords(message),
      status: message.status,
      created_at: message.created_at,
    },
  }
}

/** Kinds of which nobody promises that they open the window. */
const WITHOUT_WINDOW = ['reaction', 'system']

/** Every message of the customer gives 24 hours more. */
function openWindow(conversation: Conversation, message: Message): Partial<Conversation> {
  if (conversation.contact.is_group || WITHOUT_WINDOW.includes(message.type)) return {}
  const said = readNumber(message.metadata, 'timestamp')
  const start = said === undefined ? Date.parse(message.created_at) : said * 1000
  const known = conversation.window_expires_at
  const expires = Math.max(start + WINDOW, known === null ? 0 : Date.parse(known))
  return { window_expires_at: new Date(expires).toISOString(), can_send_free_form: true }
}

function afterChange(conversation: Conversation, changed: Json): Conversation {
  const { status, is_bot_active, can_send_free_form, window_expires_at, message_count } = changed
  const { free_entry_expires_at, free_entry_answer_by } = changed
  const next: Conversation = {
    ...conversation,
    ...(typeof status === 'string' && { status }),
    ...(typeof is_bot_active === 'boolean' && { is_bot_active }),
    ...(typeof can_send_free_form === 'boolean' && { can_send_free_form }),
    ...(typeof window_expires_at === 'string' && { window_expires_at }),
    ...(typeof message_count === 'number' && { message_count }),
    ...(isMoment(free_entry_expires_at) && { free_entry_expires_at }),
    ...(isMoment(free_entry_answer_by) && { free_entry_answer_by }),
  }
  return PATCHED.every((key) => next[key] === conversation[key]) ? conversation : next
}

/** A time, or that there is none: both are news. */
function isMoment(value: unknown): value is string | null {
  return value === null || typeof value === 'string'
}

const PATCHED = [
  'status',
  'is_bot_active',
  'can_send_free_form',
  'window_expires_at',
  'message_count',
  'free_entry_expires_at',
  'free_entry_answer_by',
] as const
