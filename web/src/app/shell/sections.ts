import {
  IconBrandWhatsapp,
  IconBuildings,
  IconBuildingStore,
  IconKey,
  IconMessages,
  IconShieldCheck,
  IconTemplate,
  IconUsers,
  type Icon,
} from '@tabler/icons-react'
import type { LinkProps } from '@tanstack/react-router'
import type { ParseKeys } from 'i18next'
import type { Permission } from '@/shared/api/can'

/** In the order of the navigation. */
export const groups = ['support', 'team', 'settings', 'platform'] as const

export interface Section {
  to: NonNullable<LinkProps['to']>
  label: ParseKeys
  icon: Icon
  group: (typeof groups)[number]
  /** Whoever lacks it does not see the place. */
  permission?: Permission
  /** On a phone it has a place of its own in the bar; the others are behind "more". At most three. */
  main?: boolean
}

/** The places of the product, in the order the navigation shows them within their group. */
export const sections: readonly Section[] = [
  {
    to: '/conversations',
    label: 'conversations.title',
    icon: IconMessages,
    group: 'support',
    permission: 'conversations.read',
    main: true,
  },
  {
    to: '/templates',
    label: 'templates.title',
    icon: IconTemplate,
    group: 'support',
    permission: 'templates.read',
  },
  {
    to: '/team',
    label: 'team.title',
    icon: IconUsers,
    group: 'team',
    permission: 'people.read',
    main: true,
  },
  {
    to: '/platform/organizations',
    label: 'platform.title',
    icon: IconBuildings,
    group: 'platform',
    permission: 'platform.read',
  },
  {
    to: '/numbers',
    label: 'numbers.title',
    icon: IconBrandWhatsapp,
    group: 'settings',
    permission: 'numbers.read',
  },
  {
    to: '/settings/organization',
    label: 'organization.title',
    icon: IconBuildingStore,
    group: 'settings',
    permission: 'organization.write',
  },
  {
    to: '/settings/api-keys',
    label: 'apiKeys.title',
    icon: IconKey,
    group: 'settings',
    permission: 'api_keys.read',
  },
  {
    to: '/settings/audit',
    label: 'audit.title',
    icon: IconShieldCheck,
    group: 'settings',
    permission: 'audit.read',
  },
]
