import type { MantineColorScheme } from '@mantine/core'
import {
  IconBuildingCommunity,
  IconBuildings,
  IconDeviceDesktop,
  IconKey,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserPlus,
  type Icon,
} from '@tabler/icons-react'
import type { UseNavigateResult } from '@tanstack/react-router'
import type { ParseKeys } from 'i18next'
import type { Permission } from '@/shared/api/can'
import { signOut } from '@/shared/api/session'
import { chooseLanguage } from '@/shared/i18n/i18n'
import { openOverlay } from './overlays'

interface CommandTools {
  navigate: UseNavigateResult<string>
  setColorScheme: (scheme: MantineColorScheme) => void
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
    id: 'create-api-key',
    label: 'apiKeys.command',
    icon: IconKey,
    permission: 'api_keys.write',
    run: ({ navigate }) => void navigate({ to: '/settings/api-keys', search: { new: true } }),
  },
  {
    id: 'theme-light',
    label: 'app.themeLight',
    icon: IconSun,
    run: ({ setColorScheme }) => setColorScheme('light'),
  },
  {
    id: 'theme-dark',
    label: 'app.themeDark',
    icon: IconMoon,
    run: ({ setColorScheme }) => setColorScheme('dark'),
  },
  {
    id: 'theme-system',
    label: 'shell.useSystemTheme',
    icon: IconDeviceDesktop,
    run: ({ setColorScheme }) => setColorScheme('auto'),
  },
  {
    id: 'language-pt',
    label: 'shell.usePortuguese',
    icon: IconLanguage,
    run: () => void chooseLanguage('pt-BR'),
  },
  {
    id: 'language-en',
    label: 'shell.useEnglish',
    icon: IconLanguage,
    run: () => void chooseLanguage('en'),
  },
  {
    id: 'language-es',
    label: 'shell.useSpanish',
    icon: IconLanguage,
    run: () => void chooseLanguage('es'),
  },
  {
    id: 'shortcuts',
    label: 'shell.shortcuts',
    icon: IconKeyboard,
    run: () => openOverlay('shortcuts'),
  },
  { id: 'sign-out', label: 'app.signOut', icon: IconLogout, run: signOut },
]
