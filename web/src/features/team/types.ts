import type { components } from '@/shared/api/schema'

type Schemas = components['schemas']

export type Person = Schemas['PersonRead']
export type PersonChange = Schemas['PersonChange']
export type Role = Schemas['Role']
export type Permission = Schemas['Permission']
export type PermissionTable = Schemas['PermissionTable']
export type Invitation = Schemas['InvitationRead']
export type Invite = Schemas['Invite']
export type Department = Schemas['DepartmentRead']
export type DepartmentWrite = Schemas['DepartmentWrite']
export type DepartmentChange = Schemas['DepartmentChange']
export type Member = Schemas['MemberRead']
export type Place = Schemas['MemberWrite']
export type Use = Schemas['UseRead']

/** In the order of what they may do. */
export const roles = ['super_admin', 'org_admin', 'agent', 'viewer'] as const satisfies Role[]
