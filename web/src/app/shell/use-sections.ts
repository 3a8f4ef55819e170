import { useRouterState } from '@tanstack/react-router'
import { useCan } from '@/shared/api/can'
import { useCurrentUser } from '@/shared/api/current-user'
import { groups, sections, type Section } from './sections'

/** How many places a phone's bar has room for, besides "more". */
const IN_BAR = 3

/** The places that the reader may see; nothing until it is known who reads. */
export function useSections(): readonly Section[] | undefined {
  const user = useCurrentUser()
  const can = useCan()
  if (!user) return undefined
  return sections.filter(({ permission }) => permission === undefined || can(permission))
}

/** In the order of the navigation; a group without places is left out. */
export function byGroup(shown: readonly Section[]) {
  return groups
    .map((group) => ({ group, places: shown.filter((section) => section.group === group) }))
    .filter(({ places }) => places.length > 0)
}

/** The main places have a phone's bar first; room that is left goes to whatever comes next. */
export function inBar(shown: readonly Section[]): readonly Section[] {
  const chosen = [...shown.filter(({ main }) => main), ...shown.filter(({ main }) => !main)]
  return chosen.slice(0, IN_BAR)
}

/** Where the reader is: of two places the one whose address says more. */
export function useCurrentSection(): Section | undefined {
  const path = useRouterState({ select: (state) => state.location.pathname })
  return sections
    .filter(({ to }) => path === to || path.startsWith(`${to}/`))
    .sort((one, other) => other.to.length - one.to.length)[0]
}
