import { Menu, useMantineColorScheme, type FloatingPosition } from '@mantine/core'
import {
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconPalette,
  IconUserCircle,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { User } from '@/shared/api/current-user'
import { useChoose } from '@/shared/api/preferences'
import { signOut } from '@/shared/api/session'
import { isLanguage, languageNames, languages } from '@/shared/i18n/i18n'
import { Keys } from './keys'
import { openOverlay } from './overlays'
import { isScheme, schemes } from './schemes'
import classes from './shell.module.css'

interface AccountMenuProps {
  user: User | undefined
  position: FloatingPosition
  children: ReactElement
}

const ICON = { size: 17, stroke: 1.6 } as const

export function AccountMenu({ user, position, children }: AccountMenuProps) {
  const { t } = useTranslation()

  return (
    <Menu position={position} shadow="md" width={264} offset={10}>
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
        <Menu.Item component={Link} to="/profile" leftSection={<IconUserCircle {...ICON} />}>
          {t('profile.title')}
        </Menu.Item>
        <ThemeMenu />
        <LanguageMenu />
        <Menu.Item
          leftSection={<IconKeyboard {...ICON} />}
          rightSection={<Keys keys={['?']} />}
          onClick={() => openOverlay('shortcuts')}
        >
          {t('shell.shortcuts')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout {...ICON} />} onClick={signOut}>
          {t('app.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function ThemeMenu() {
  const { t } = useTranslation()
  const { colorScheme } = useMantineColorScheme()
  const choose = useChoose()

  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<IconPalette {...ICON} />}>{t('shell.theme')}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => isScheme(value) && choose.theme(value)}
        >
          {schemes.map(({ value, label }) => (
            <Menu.RadioItem key={value} value={value}>
              {t(label)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  )
}

function LanguageMenu() {
  const { t, i18n } = useTranslation()
  const choose = useChoose()

  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<IconLanguage {...ICON} />}>{t('app.language')}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        <Menu.RadioGroup
          value={i18n.language}
          onChange={(value) => isLanguage(value) && choose.language(value)}
        >
          {languages.map((language) => (
            <Menu.RadioItem key={language} value={language} lang={language}>
              {languageNames[language]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  )
}
