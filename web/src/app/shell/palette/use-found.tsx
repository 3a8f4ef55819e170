import { useDebouncedValue } from '@mantine/hooks'
import { IconBuildings } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { titleOf } from '@/features/conversations/person'
import { api, unwrap } from '@/shared/api/client'
import { useCan } from '@/shared/api/can'
import { PersonAvatar } from '@/shared/ui/person-avatar'
import { matching, type Entry, type EntryGroup } from './entries'

const SHORTEST = 2
const MOST = 5
const PAUSE = 180

/** What the server knows by that name. */
export function useFound(typed: string): readonly EntryGroup[] {
  const { t } = useTranslation()
  const [query] = useDebouncedValue(typed.trim(), PAUSE)
  const conversations = useConversationEntries(query)
  const people = usePeopleEntries(query)
  const organizations = useOrganizationEntries(query)

  // The answer to an earlier question would only flicker.
  if (typed.trim().length < SHORTEST) return []
  return [
    { title: t('conversations.title'), entries: conversations },
    { title: t('team.title'), entries: people },
    { title: t('platform.title'), entries: organizations },
  ]
}

/** Among the newest: the names of older ones only the server could search. */
function useConversationEntries(query: string): readonly Entry[] {
  const can = useCan()
  const navigate = useNavigate()
  const { data } = useQuery({
    queryKey: ['palette', 'conversations'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/conversations', {
          params: { query: { status: 'all', limit: 100 } },
          signal,
        }),
      ),
    enabled: query.length >= SHORTEST && can('conversations.read'),
    placeholderData: keepPreviousData,
  })
  const entries = (data?.items ?? []).map(({ id, contact, last_message }) => ({
    id,
    label: titleOf(contact) ?? '',
    detail: last_message?.preview ?? undefined,
    icon: <PersonAvatar name={titleOf(contact)} seed={contact.id} size={26} />,
    run: () =>
      void navigate({ to: '/conversations/$conversationId', params: { conversationId: id } }),
  }))
  return matching(entries, query).slice(0, MOST)
}

function usePeopleEntries(query: string): readonly Entry[] {
  const can = useCan()
  const navigate = useNavigate()
  const { data } = useQuery({
    queryKey: ['palette', 'people', query],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/people', { params: { query: { q: query, limit: MOST } }, signal })),
    enabled: query.length >= SHORTEST && can('people.read'),
    placeholderData: keepPreviousData,
  })
  const entries = (data?.items ?? []).map(({ id, full_name, email }) => ({
    id,
    label: full_name,
    detail: email,
    icon: <PersonAvatar name={full_name} seed={id} size={26} />,
    run: () => void navigate({ to: '/team', search: { person: id } }),
  }))
  return matching(entries, query)
}

function useOrganizationEntries(query: string): readonly Entry[] {
  const can = useCan()
  const navigate = useNavigate()
  const { data } = useQuery({
    queryKey: ['palette', 'organizations', query],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/platform/organizations', {
          params: { query: { q: query, limit: MOST } },
          signal,
        }),
      ),
    enabled: query.length >= SHORTEST && can('platform.read'),
    placeholderData: keepPreviousData,
  })
  const entries = (data?.items ?? []).map(({ id, name, slug }) => ({
    id,
    label: name,
    detail: slug,
    icon: <IconBuildings size={18} stroke={1.7} />,
    run: () =>
      void navigate({
        to: '/platform/organizations/$organizationId',
        params: { organizationId: id },
      }),
  }))
  return matching(entries, query)
}
