import type { components } from '@/shared/api/schema'
import { isRecord, type Json } from '@/shared/json/read'

export type Conversation = components['schemas']['ConversationRead']
export type ConversationPage = components['schemas']['ConversationPage']
export type ConversationCounts = components['schemas']['ConversationCounts']
export type Message = components['schemas']['MessageRead']
export type MessagePage = components['schemas']['MessagePage']
export type Contact = Conversation['contact']

/** Which conversations a list shows. */
export type Filter = 'live' | 'resolved' | 'all'

const MESSAGE_TEXTS = [
  'id',
  'conversation_id',
  'direction',
  'type',
  'status',
  'created_at',
] as const

/** Events come from outside the typed client; the fields that the page computes with are checked. */
export function isMessage(value: unknown): value is Message {
  if (!isRecord(value)) return false
  const texts: Json = value
  return (
    MESSAGE_TEXTS.every((key) => typeof texts[key] === 'string') &&
    isRecord(value.content) &&
    isRecord(value.metadata)
  )
}
