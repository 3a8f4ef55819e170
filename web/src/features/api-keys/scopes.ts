import type { Permission } from '@/shared/api/can'

/** What the server gives no key: a stolen one makes no keys, no administrators and no end of the organization. */
type NotForKeys =
  | 'profile.read'
  | 'people.write'
  | 'users.invite'
  | 'api_keys.write'
  | 'organization.delete'
  | 'platform.read'
  | 'platform.write'

export type Scope = Exclude<Permission, NotForKeys>

type Group = 'conversations' | 'team' | 'organization'

/** A new permission is a type error here until somebody says where it belongs. */
const GROUP_OF: Readonly<Record<Scope, Group | undefined>> = {
  'conversations.read': 'conversations',
  'conversations.read_all': 'conversations',
  'conversations.read_department': 'conversations',
  // A key works in no department, so this lets it see nothing.
  'conversations.read_number': undefined,
  'conversations.reply': 'conversations',
  'contacts.read': 'conversations',
  'contacts.merge': 'conversations',
  'templates.read': 'conversations',
  'templates.write': 'conversations',
  'people.read': 'team',
  'departments.read': 'team',
  'departments.write': 'team',
  'organization.read': 'organization',
  'organization.write': 'organization',
  'numbers.read': 'organization',
  'numbers.write': 'organization',
  'api_keys.read': 'organization',
  'audit.read': 'organization',
}

const GROUPS: readonly Group[] = ['conversations', 'team', 'organization']

export const offered: readonly Scope[] = Object.keys(GROUP_OF)
  .filter(isScope)
  .filter((scope) => GROUP_OF[scope] !== undefined)

export const scopeGroups = GROUPS.map((group) => ({
  group,
  scopes: offered.filter((scope) => GROUP_OF[scope] === group),
}))

export const presets = {
  reading: offered.filter((scope) => /\.read(_all)?$/.test(scope)),
  support: ['conversations.read', 'conversations.read_all', 'conversations.reply'],
  administration: offered.filter((scope) =>
    /^(people|departments|organization|numbers|audit)\./.test(scope),
  ),
  nothing: [],
} as const satisfies Record<string, readonly Scope[]>

/** Reading conversations lets a key see none by itself. */
export function seesNothing(scopes: readonly Scope[]): boolean {
  const sees = scopes.some((scope) => scope.startsWith('conversations.read_'))
  return scopes.includes('conversations.read') && !sees
}

export function isScope(word: string): word is Scope {
  return Object.hasOwn(GROUP_OF, word)
}
