import type { Permission, Person, PersonChange, PermissionTable, Role } from '../types'
import { bundleOf } from './reach'

export interface PersonValues {
  full_name: string
  phone_number: string
  role: Role
  supervisor: boolean
  permissions: Permission[]
}

export function valuesOf(person: Person): PersonValues {
  return {
    full_name: person.full_name,
    phone_number: person.phone_number ?? '',
    role: person.role,
    supervisor: person.preset === 'supervisor',
    permissions: person.permissions,
  }
}

/** What the server has to hear. Of what one may do only when it changed: nobody changes their own. */
export function changesOf(
  values: PersonValues,
  person: Person,
  table: PermissionTable,
): PersonChange {
  const before = valuesOf(person)
  const changes: PersonChange = {
    full_name: values.full_name.trim(),
    phone_number: values.phone_number.trim() || null,
  }
  const power =
    values.role !== before.role ||
    values.supervisor !== before.supervisor ||
    !isSame(values.permissions, before.permissions)
  if (!power) return changes

  const administers = values.role === 'org_admin' || values.role === 'super_admin'
  const supervisor = values.supervisor && !administers
  const given = bundleOf(table, values.role, supervisor)
  return {
    ...changes,
    role: values.role,
    preset: supervisor ? 'supervisor' : null,
    // What the role brings by now need not be given again.
    permissions: values.permissions.filter((permission) => !given.has(permission)),
  }
}

function isSame(some: Permission[], others: Permission[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one))
}
