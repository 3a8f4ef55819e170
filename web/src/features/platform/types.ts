import type { components } from '@/shared/api/schema'

export type Organization = components['schemas']['PlatformOrganization']
export type OrganizationChange = components['schemas']['PlatformOrganizationChange']
export type NewOrganization = components['schemas']['PlatformOrganizationCreate']
export type Invitee = components['schemas']['InviteAdministrator']
export type Plan = components['schemas']['PlanType']
export type Limit = keyof Organization['limits']

export const states = ['all', 'active', 'suspended', 'deleted'] as const
export type State = (typeof states)[number]

export const plans: readonly Plan[] = ['free', 'starter', 'professional', 'enterprise']

export const limits: readonly Limit[] = [
  'monthly_message_limit',
  'max_agents',
  'max_contacts',
  'max_whatsapp_numbers',
  'max_chatbots',
  'max_departments',
]
