import {
  IconBrandWhatsapp,
  IconBuildingCommunity,
  IconBuildings,
  IconDeviceDesktop,
  IconDevices,
  IconKey,
  IconKeyboard,
  IconLanguage,
  IconLock,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserCircle,
  IconUserPlus,
  type Icon,
} from '@tabler/icons-react'
import type { UseNavigateResult } from '@tanstack/react-router'
import type { ParseKeys } from 'i18next'
import type { Permission } from '@/shared/api/can'
import type { Choose } from '@/shared/api/preferences'
import { signOut } from '@/shared/api/session'
import { openOverlay } from './overlays'

interface CommandTools {
  navigate: UseNavigateResult<string>
  choose: Choose
}

export interface Command {
  id: string
  /** A deed: "Convidar alguém". The places themselves are found by their sections. */
  label: ParseKeys
  icon: Icon
  permission?: Permission
  run: (tools: CommandTools) => void
}

/** What the command palette can do besides going to places. */
export const commands: readonly Command[] = [
  {
    id: 'invite',
    label: 'people.invite',
    icon: IconUserPlus,
    permission: 'users.invite',
    run: ({ navigate }) => void navigate({ to: '/team/invitations', search: { invite: true } }),
  },
  {
    id: 'create-department',
    label: 'departments.create',
    icon: IconBuildingCommunity,
    permission: 'departments.write',
    run: ({ navigate }) => void navigate({ to: '/team/departments', search: { create: true } }),
  },
  {
    id: 'create-organization',
    label: 'platform.create',
    icon: IconBuildings,
    permission: 'platform.write',
    run: ({ navigate }) => void navigate({ to: '/platform/organizations/new' }),
  },
  {
    id: 'connect-number',
    label: 'numbers.connect',
    icon: IconBrandWhatsapp,
    permission: 'numbers.write',
    run: ({ navigate }) => void navigate({ to: '/numbers/connect' }),
  },
  {
    id: 'create-api-key',
    label: 'apiKeys.command',
    icon: IconKey,
    permission: 'api_keys.write',
    run: ({ navigate }) => void navigate({ to: '/settings/api-keys', search: { new: true } }),
  },
  {
    id: 'profile',
    label: 'profile.title',
    icon: IconUserCircle,
    run: ({ navigate }) => void navigate({ to: '/profile' }),
  },
  {
    id: 'password',
    label: 'profile.password.change',
    icon: IconLock,
    run: ({ navigate }) => void navigate({ to: '/profile/security' }),
  },
  {
    id: 'devices',
    label: 'profile.devices.title',
    icon: IconDevices,
    run: ({ navigate }) => void navigate({ to: '/profile/devices' }),
  },
  {
    id: 'theme-light',
    label: 'app.themeLight',
    icon: IconSun,
    run: ({ choose }) => choose.theme('light'),
  },
  {
    id: 'theme-dark',
    label: 'app.themeDark',
    icon: IconMoon,
    run: ({ choose }) => choose.theme('dark'),
  },
  {
    id: 'theme-system',
    label: 'shell.useSystemTheme',
    icon: IconDeviceDesktop,
    run: ({ choose }) => choose.theme('auto'),
  },
  {
    id: 'language-pt',
    label: 'shell.usePortuguese',
    icon: IconLanguage,
    run: ({ choose }) => choose.language('pt-BR'),
  },
  {
    id: 'language-en',
    label: 'shell.useEnglish',
    icon: IconLanguage,
    run: ({ choose }) => choose.language('en'),
  },
  {
    id: 'language-es',
    label: 'shell.useSpanish',
    icon: IconLanguage,
    run: ({ choose }) => choose.language('es'),
  },
  {
    id: 'shortcuts',
    label: 'shell.shortcuts',
    icon: IconKeyboard,
    run: () => openOverlay('shortcuts'),
  },
  { id: 'sign-out', label: 'app.signOut', icon: IconLogout, run: signOut },
]
