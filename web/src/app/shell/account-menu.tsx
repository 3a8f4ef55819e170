import {
  Menu,
  useComputedColorScheme,
  useMantineColorScheme,
  type FloatingPosition,
} from '@mantine/core'
import { IconLogout, IconMoon, IconSun } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { User } from '@/shared/api/current-user'
import { signOut } from '@/shared/api/session'
import { LanguageItems } from './language-items'
import classes from './shell.module.css'

interface AccountMenuProps {
  user: User | undefined
  position: FloatingPosition
  children: ReactElement
}

export function AccountMenu({ user, position, children }: AccountMenuProps) {
  const { t } = useTranslation()
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'

  return (
    <Menu position={position} shadow="md" width={248} offset={10}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        {user && (
          <>
            <div className={classes.menuHead}>
              <strong>{user.full_name}</strong>
              <span>{user.email}</span>
              <span>{user.organization.name}</span>
            </div>
            <Menu.Divider />
          </>
        )}
        <Menu.Label>{t('app.language')}</Menu.Label>
        <LanguageItems />
        <Menu.Divider />
        <Menu.Item
          leftSection={
            dark ? <IconSun size={17} stroke={1.6} /> : <IconMoon size={17} stroke={1.6} />
          }
          onClick={() => setColorScheme(dark ? 'light' : 'dark')}
        >
          {dark ? t('app.themeLight') : t('app.themeDark')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={17} stroke={1.6} />} onClick={signOut}>
          {t('app.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
