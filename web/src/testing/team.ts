import type { components } from '@/shared/api/schema'

type Permission = components['schemas']['Permission']
type PermissionTable = components['schemas']['PermissionTable']
type Person = components['schemas']['PersonRead']

export function aPerson(over: Partial<Person> = {}): Person {
  return {
    id: 'person-1',
    full_name: 'Ana Souza',
    email: 'ana@padaria-aurora.example',
    phone_number: null,
    avatar_url: null,
    role: 'agent',
    preset: null,
    permissions: [],
    granted: AGENT,
    is_active: true,
    is_online: false,
    email_verified: true,
    last_seen_at: '2026-11-18T17:00:00Z',
    last_login_at: '2026-11-18T16:00:00Z',
    departments: [],
    created_at: '2026-03-09T12:00:00Z',
    ...over,
  }
}

const LOOKING: Permission[] = [
  'profile.read',
  'conversations.read',
  'departments.read',
  'organization.read',
]
const AGENT: Permission[] = [
  ...LOOKING,
  'conversations.read_department',
  'conversations.read_number',
  'conversations.reply',
]
const ADMINISTRATOR: Permission[] = [
  ...AGENT,
  'conversations.read_all',
  'departments.write',
  'people.read',
  'people.write',
  'users.invite',
  'organization.write',
  'organization.delete',
  'api_keys.read',
  'api_keys.write',
  'audit.read',
]
const PLATFORM: Permission[] = ['platform.read', 'platform.write']

export function aPermissionTable(): PermissionTable {
  return {
    permissions: [...ADMINISTRATOR, ...PLATFORM].map((permission) => ({
      permission,
      is_grantable: ADMINISTRATOR.includes(permission),
      is_for_keys: false,
    })),
    roles: [
      { role: 'super_admin', permissions: [...ADMINISTRATOR, ...PLATFORM] },
      { role: 'org_admin', permissions: ADMINISTRATOR },
      { role: 'agent', permissions: AGENT },
      { role: 'viewer', permissions: [...LOOKING, 'conversations.read_all'] },
    ],
    presets: [
      {
        preset: 'supervisor',
        permissions: [...AGENT, 'conversations.read_all', 'people.read', 'departments.write'],
      },
    ],
  }
}

export function aUsage(
  over: Partial<components['schemas']['UsesRead']> = {},
): components['schemas']['UsageRead'] {
  const use = { allowed: null, used: 1, is_more: false }
  return {
    limits: {
      max_chatbots: use,
      max_whatsapp_numbers: use,
      max_contacts: use,
      max_agents: use,
      max_departments: use,
      monthly_message_limit: use,
      ...over,
    },
    months: [],
  }
}
