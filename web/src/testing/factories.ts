import type { User } from '@/shared/api/current-user'
import type { components } from '@/shared/api/schema'

type Conversation = components['schemas']['ConversationRead']
type Message = components['schemas']['MessageRead']
type Permission = components['schemas']['Permission']

/** What an administrator of an organization may do. */
const ADMINISTRATOR: Permission[] = [
  'numbers.read',
  'numbers.write',
  'api_keys.read',
  'api_keys.write',
  'audit.read',
  'contacts.merge',
  'contacts.read',
  'conversations.read',
  'conversations.read_all',
  'conversations.read_department',
  'conversations.read_number',
  'conversations.reply',
  'departments.read',
  'departments.write',
  'organization.delete',
  'organization.read',
  'organization.write',
  'people.read',
  'people.write',
  'profile.read',
  'users.invite',
]

export function aUser(over: Partial<User> = {}): User {
  return {
    id: 'user-1',
    full_name: 'Helena Prado',
    email: 'helena@padaria-aurora.example',
    email_verified: true,
    phone_number: null,
    avatar_url: null,
    preferences: { language: null, theme: null },
    role: 'org_admin',
    permissions: ADMINISTRATOR,
    organization: {
      id: 'org-1',
      name: 'Padaria Aurora',
      slug: 'padaria-aurora',
      timezone: 'America/Sao_Paulo',
    },
    ...over,
  }
}

export function aMessage(over: Partial<Message> = {}): Message {
  return {
    id: 'message-1',
    conversation_id: 'conversation-1',
    direction: 'inbound',
    sender_type: 'contact',
    type: 'text',
    content: { text: 'Oi, tem pão de queijo hoje?' },
    status: 'received',
    error_code: null,
    error_message: null,
    metadata: {},
    whatsapp_message_id: 'wamid.1',
    media: null,
    created_at: '2026-11-18T17:00:00Z',
    sent_at: null,
    delivered_at: null,
    read_at: null,
    failed_at: null,
    ...over,
  }
}

/** A message of ours. */
export function anAnswer(over: Partial<Message> = {}): Message {
  return aMessage({
    id: 'answer-1',
    direction: 'outbound',
    sender_type: 'bot',
    content: { text: 'Tem sim, saiu agora do forno!' },
    status: 'sent',
    whatsapp_message_id: 'wamid.2',
    created_at: '2026-11-18T17:00:05Z',
    sent_at: '2026-11-18T17:00:06Z',
    ...over,
  })
}

export function aConversation(over: Partial<Conversation> = {}): Conversation {
  return {
    id: 'conversation-1',
    status: 'open',
    is_bot_active: true,
    contact: {
      id: 'contact-1',
      name: 'Mariana Souza',
      whatsapp_name: 'Mari',
      phone: '5511900000011',
      username: null,
      is_group: false,
    },
    whatsapp_number: {
      id: 'number-1',
      display_name: 'Aurora Centro',
      phone_number: '551130000100',
    },
    last_message: {
      id: 'message-1',
      direction: 'inbound',
      sender_type: 'contact',
      type: 'text',
      preview: 'Oi, tem pão de queijo hoje?',
      status: 'received',
      created_at: '2026-11-18T17:00:00Z',
    },
    last_message_at: '2026-11-18T17:00:00Z',
    message_count: 1,
    window_expires_at: '2026-11-19T17:00:00Z',
    can_send_free_form: true,
    free_entry_expires_at: null,
    free_entry_answer_by: null,
    ...over,
  }
}
