import type { MantineColorScheme } from '@mantine/core'
import { IconLogout, IconMoon, IconSun, type Icon } from '@tabler/icons-react'
import type { UseNavigateResult } from '@tanstack/react-router'
import type { ParseKeys } from 'i18next'
import type { Permission } from '@/shared/api/can'
import { signOut } from '@/shared/api/session'

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
  { id: 'sign-out', label: 'app.signOut', icon: IconLogout, run: signOut },
]
