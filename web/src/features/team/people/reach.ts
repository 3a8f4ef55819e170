import type { Permission, PermissionTable, Role } from '../types'

/** What a role brings, with the supervisor's bundle or without. */
export function bundleOf(
  table: PermissionTable,
  role: Role,
  supervisor: boolean,
): ReadonlySet<Permission> {
  return new Set([
    ...(table.roles.find((one) => one.role === role)?.permissions ?? []),
    ...(supervisor ? supervisorOf(table) : []),
  ])
}

function supervisorOf(table: PermissionTable): Permission[] {
  return table.presets.find(({ preset }) => isSupervisor(preset))?.permissions ?? []
}

/** There may be other bundles one day. */
function isSupervisor(preset: string): boolean {
  return preset === 'supervisor'
}

/** By what somebody already has a permission that nobody has to give them. */
export function givenBy(
  table: PermissionTable,
  permission: Permission,
  role: Role,
  supervisor: boolean,
): 'role' | 'supervisor' | undefined {
  if (bundleOf(table, role, false).has(permission)) return 'role'
  if (supervisor && supervisorOf(table).includes(permission)) return 'supervisor'
  return undefined
}

export const groups = ['conversations', 'team', 'organization', 'other'] as const
export type Group = (typeof groups)[number]

const groupOf: Readonly<Record<string, Group>> = {
  profile: 'team',
  conversations: 'conversations',
  departments: 'team',
  people: 'team',
  users: 'team',
  organization: 'organization',
  numbers: 'organization',
  api_keys: 'organization',
  audit: 'organization',
}

/** What may be given besides a role, by the matter it is about; what is new has a place, too. */
export function grantable(table: PermissionTable): { group: Group; permissions: Permission[] }[] {
  const may = table.permissions.filter(({ is_grantable }) => is_grantable)
  return groups
    .map((group) => ({
      group,
      permissions: may
        .map(({ permission }) => permission)
        .filter((permission) => (groupOf[permission.split('.')[0] ?? ''] ?? 'other') === group),
    }))
    .filter(({ permissions }) => permissions.length > 0)
}
