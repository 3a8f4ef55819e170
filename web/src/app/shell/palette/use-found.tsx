import { useDebouncedValue } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { EntryGroup } from './entries'
import {
  useConversationEntries,
  useOrganizationEntries,
  usePeopleEntries,
} from './use-server-entries'

const SHORTEST = 2
const PAUSE = 180

export interface Found {
  groups: readonly EntryGroup[]
  /** What is shown answers an earlier question, or nothing has been answered yet. */
  searching: boolean
  failed: boolean
}

/** What the server knows by that name. */
export function useFound(typed: string): Found {
  const { t } = useTranslation()
  const wanted = typed.trim()
  const asks = wanted.length >= SHORTEST
  const [query] = useDebouncedValue(wanted, PAUSE)
  const ready = asks && query.length >= SHORTEST
  const conversations = useConversationEntries(query, ready)
  const people = usePeopleEntries(query, ready)
  const organizations = useOrganizationEntries(query, ready)
  const all = [conversations, people, organizations]

  // The answer to an earlier question would only flicker.
  if (!asks) return { groups: [], searching: false, failed: false }
  return {
    groups: [
      { title: t('conversations.title'), entries: conversations.entries },
      { title: t('team.title'), entries: people.entries },
      { title: t('platform.title'), entries: organizations.entries },
    ],
    searching: query !== wanted || all.some(({ searching }) => searching),
    failed: query === wanted && all.some(({ failed }) => failed),
  }
}
