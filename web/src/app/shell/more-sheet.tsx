import { Button, Drawer, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { IconLogout, IconSearch, IconUserCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { User } from '@/shared/api/current-user'
import { useChoose } from '@/shared/api/preferences'
import { signOut } from '@/shared/api/session'
import { languageNames, languages } from '@/shared/i18n/i18n'
import { PersonAvatar } from '@/shared/ui/person-avatar'
import classes from './more-sheet.module.css'
import { openOverlay } from './overlays'
import { schemes } from './schemes'
import type { Section } from './sections'
import { byGroup } from './use-sections'

interface MoreSheetProps {
  user: User | undefined
  /** Those that the bar has no room for. */
  places: readonly Section[]
  opened: boolean
  onClose: () => void
}

export function MoreSheet({ user, places, opened, onClose }: MoreSheetProps) {
  const { t } = useTranslation()

  return (
    <Drawer.Root
      opened={opened}
      onClose={onClose}
      position="bottom"
      size="auto"
      classNames={{ content: classes.sheet, body: classes.body }}
    >
      <Drawer.Overlay />
      <Drawer.Content aria-label={t('shell.more')}>
        <Drawer.Body>
          {user && <Person user={user} onClose={onClose} />}
          <Button
            variant="default"
            size="md"
            justify="flex-start"
            leftSection={<IconSearch size={18} stroke={1.8} />}
            onClick={() => {
              onClose()
              openOverlay('palette')
            }}
          >
            {t('shell.search')}
          </Button>
          {byGroup(places).map(({ group, places: inGroup }) => (
            <nav key={group} aria-label={t(`shell.groups.${group}`)}>
              <div className={classes.title}>{t(`shell.groups.${group}`)}</div>
              {inGroup.map(({ to, label, icon: SectionIcon }) => (
                <Link key={to} to={to} className={classes.place} onClick={onClose}>
                  <SectionIcon size={21} stroke={1.7} aria-hidden="true" />
                  {t(label)}
                </Link>
              ))}
            </nav>
          ))}
          <Choices />
          <Button
            variant="default"
            size="md"
            justify="flex-start"
            leftSection={<IconLogout size={18} stroke={1.7} />}
            onClick={signOut}
          >
            {t('app.signOut')}
          </Button>
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}

function Person({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation()

  return (
    <>
      <div className={classes.person}>
        <PersonAvatar name={user.full_name} seed={user.id} url={user.avatar_url} size={44} />
        <div>
          <strong>{user.full_name}</strong>
          <span>{user.email}</span>
          <span>{user.organization.name}</span>
        </div>
      </div>
      <Link to="/profile" className={classes.place} onClick={onClose}>
        <IconUserCircle size={21} stroke={1.7} aria-hidden="true" />
        {t('profile.title')}
      </Link>
    </>
  )
}

function Choices() {
  const { t, i18n } = useTranslation()
  const { colorScheme } = useMantineColorScheme()
  const choose = useChoose()
  const theme = useId()
  const language = useId()

  return (
    <>
      <div>
        <div id={theme} className={classes.title}>
          {t('shell.theme')}
        </div>
        <SegmentedControl
          fullWidth
          aria-labelledby={theme}
          value={colorScheme}
          onChange={choose.theme}
          data={schemes.map(({ value, label }) => ({ value, label: t(label) }))}
        />
      </div>
      <div>
        <div id={language} className={classes.title}>
          {t('app.language')}
        </div>
        <SegmentedControl
          fullWidth
          aria-labelledby={language}
          value={languages.find((one) => one === i18n.language) ?? 'pt-BR'}
          onChange={choose.language}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
        />
      </div>
    </>
  )
}
