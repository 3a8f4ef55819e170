import { aPerson, aPermissionTable } from '@/testing/team'
import { changesOf, valuesOf } from './person-values'
import { givenBy, grantable } from './reach'

const table = aPermissionTable()

test('who only changes a name says nothing about rights: nobody changes their own', () => {
  const person = aPerson()
  expect(changesOf({ ...valuesOf(person), full_name: ' Ana Lima ' }, person, table)).toEqual({
    full_name: 'Ana Lima',
    phone_number: null,
  })
})

test('what a role brings is not given again', () => {
  const person = aPerson({ permissions: ['audit.read'] })
  const values = {
    ...valuesOf(person),
    role: 'viewer',
    permissions: ['audit.read', 'conversations.read_all'],
  } as const
  expect(changesOf({ ...values, permissions: [...values.permissions] }, person, table)).toEqual({
    full_name: 'Ana Souza',
    phone_number: null,
    role: 'viewer',
    preset: null,
    permissions: ['audit.read'],
  })
})

test('an administrator needs no bundle besides', () => {
  const person = aPerson({ preset: 'supervisor' })
  const changes = changesOf({ ...valuesOf(person), role: 'org_admin' }, person, table)
  expect(changes.preset).toBeNull()
})

test('tells by what somebody has a permission', () => {
  expect(givenBy(table, 'conversations.reply', 'agent', false)).toBe('role')
  expect(givenBy(table, 'conversations.read_all', 'agent', false)).toBeUndefined()
  expect(givenBy(table, 'conversations.read_all', 'agent', true)).toBe('supervisor')
})

test('offers all that may be given, in groups, and nothing of the platform', () => {
  const groups = grantable(table)
  expect(groups.map(({ group }) => group)).toEqual(['conversations', 'team', 'organization'])
  expect(groups.flatMap(({ permissions }) => permissions).sort()).toEqual(
    table.permissions
      .filter(({ is_grantable }) => is_grantable)
      .map(({ permission }) => permission)
      .sort(),
  )
})
