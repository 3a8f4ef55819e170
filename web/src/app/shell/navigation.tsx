import { Skeleton, Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Section } from './sections'
import classes from './shell.module.css'
import { byGroup, useCurrentSection, useSections } from './use-sections'

/** Every place the reader may see, by group. */
export function Navigation({ collapsed }: { collapsed: boolean }) {
  const { t } = useTranslation()
  const shown = useSections()
  const found = shown && byGroup(shown)

  return (
    <nav className={classes.navigation} aria-label={t('app.navigation')}>
      {found ? (
        found.map(({ group, places }) => (
          <Group
            key={group}
            title={found.length > 1 ? t(`shell.groups.${group}`) : undefined}
            places={places}
            collapsed={collapsed}
          />
        ))
      ) : (
        <Ghosts />
      )}
    </nav>
  )
}

interface GroupProps {
  /** None where there is nothing to tell it from. */
  title: string | undefined
  places: readonly Section[]
  collapsed: boolean
}

function Group({ title, places, collapsed }: GroupProps) {
  const { t } = useTranslation()
  const id = useId()
  const here = useCurrentSection()

  return (
    <div className={classes.group}>
      {title && (
        <div id={id} className={classes.groupTitle}>
          {title}
        </div>
      )}
      <ul className={classes.sections} aria-labelledby={title && id}>
        {places.map(({ to, label, icon: SectionIcon }) => (
          <li key={to}>
            <Tooltip label={t(label)} position="right" disabled={!collapsed}>
              <Link
                to={to}
                className={classes.section}
                activeOptions={{ exact: here?.to !== to }}
                aria-label={t(label)}
              >
                <SectionIcon size={20} stroke={1.7} aria-hidden="true" />
                <span className={classes.sectionLabel}>{t(label)}</span>
              </Link>
            </Tooltip>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Ghosts() {
  return [70, 55, 64].map((width) => (
    <div key={width} className={classes.ghost}>
      <Skeleton height={18} circle />
      <Skeleton height={10} width={`${width}%`} radius="sm" className={classes.sectionLabel} />
    </div>
  ))
}
