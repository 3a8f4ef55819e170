import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import { useChoose } from '@/shared/api/preferences'
import { commands } from '../commands'
import { useSections } from '../use-sections'
import { matching } from './entries'
import { useFound, type Found } from './use-found'

const ICON = { size: 18, stroke: 1.7 } as const

/** Everything that can be gone to or done, as far as it is what was typed; without groups that have nothing. */
export function useEntries(query: string): Found {
  const { t } = useTranslation()
  const can = useCan()
  const navigate = useNavigate()
  const choose = useChoose()
  const sections = useSections() ?? []
  const found = useFound(query)

  const places = sections.map(({ to, label, group, icon: PlaceIcon }) => ({
    id: to,
    label: t(label),
    detail: t(`shell.groups.${group}`),
    icon: <PlaceIcon {...ICON} />,
    run: () => void navigate({ to }),
  }))
  const deeds = commands
    .filter(({ permission }) => permission === undefined || can(permission))
    .map(({ id, label, icon: DeedIcon, run }) => ({
      id,
      label: t(label),
      icon: <DeedIcon {...ICON} />,
      run: () => run({ navigate, choose }),
    }))

  const groups = [
    { title: t('shell.paletteGo'), entries: matching(places, query) },
    { title: t('shell.paletteDo'), entries: matching(deeds, query) },
    ...found.groups,
  ].filter(({ entries }) => entries.length > 0)
  return { ...found, groups }
}
