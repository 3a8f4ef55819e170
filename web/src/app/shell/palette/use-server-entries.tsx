import { IconBuildings } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { titleOf } from '@/features/conversations/person'
import { api, unwrap } from '@/shared/api/client'
import { useCan, type Permission } from '@/shared/api/can'
import { formatPhone } from '@/shared/format/phone'
import { PersonAvatar } from '@/shared/ui/person-avatar'
import { matching, type Entry } from './entries'

const MOST = 5

interface Answer {
  entries: readonly Entry[]
  searching: boolean
  failed: boolean
}

interface Asked<T> {
  kind: string
  permission: Permission
  query: string
  ready: boolean
  /** Whoever stops waiting, because more was typed, stops the question. */
  ask: (signal: AbortSignal) => Promise<{ items: readonly T[] }>
  entry: (item: T) => Entry
}

function useAnswer<T>({ kind, permission, query, ready, ask, entry }: Asked<T>): Answer {
  const can = useCan()
  const enabled = ready && can(permission)
  const { data, isFetching, isError, isPlaceholderData } = useQuery({
    queryKey: ['palette', kind, query],
    queryFn: ({ signal }) => ask(signal),
    enabled,
    placeholderData: keepPreviousData,
    // Whoever types is not kept waiting for a server that is away.
    retry: false,
  })
  const entries = (enabled ? (data?.items ?? []) : []).map(entry)
  return {
    // The server finds by more than what is shown; an earlier answer still has to fit.
    entries: isPlaceholderData ? matching(entries, query) : entries,
    searching: enabled && isFetching,
    failed: enabled && isError,
  }
}

/** Among all of them, however old: by name, phone or address of whom they are with. */
export function useConversationEntries(query: string, ready: boolean): Answer {
  const navigate = useNavigate()
  return useAnswer({
    kind: 'conversations',
    permission: 'conversations.read',
    query,
    ready,
    ask: (signal) =>
      unwrap(
        api.GET('/api/v1/conversations', {
          params: { query: { status: 'all', q: query, limit: MOST } },
          signal,
        }),
      ),
    entry: ({ id, contact, last_message }) => ({
      id,
      label: titleOf(contact) ?? '',
      detail:
        isNumber(query) && contact.phone
          ? formatPhone(contact.phone)
          : (last_message?.preview ?? undefined),
      icon: <PersonAvatar name={titleOf(contact)} seed={contact.id} size={26} />,
      run: () =>
        void navigate({ to: '/conversations/$conversationId', params: { conversationId: id } }),
    }),
  })
}

export function usePeopleEntries(query: string, ready: boolean): Answer {
  const navigate = useNavigate()
  return useAnswer({
    kind: 'people',
    permission: 'people.read',
    query,
    ready,
    ask: (signal) =>
      unwrap(api.GET('/api/v1/people', { params: { query: { q: query, limit: MOST } }, signal })),
    entry: ({ id, full_name, email, avatar_url }) => ({
      id,
      label: full_name,
      detail: email,
      icon: <PersonAvatar name={full_name} seed={id} url={avatar_url} size={26} />,
      run: () => void navigate({ to: '/team', search: { person: id } }),
    }),
  })
}

export function useOrganizationEntries(query: string, ready: boolean): Answer {
  const navigate = useNavigate()
  return useAnswer({
    kind: 'organizations',
    permission: 'platform.read',
    query,
    ready,
    ask: (signal) =>
      unwrap(
        api.GET('/api/v1/platform/organizations', {
          params: { query: { q: query, limit: MOST } },
          signal,
        }),
      ),
    entry: ({ id, name, slug }) => ({
      id,
      label: name,
      detail: slug,
      icon: <IconBuildings size={18} stroke={1.7} />,
      run: () =>
        void navigate({
          to: '/platform/organizations/$organizationId',
          params: { organizationId: id },
        }),
    }),
  })
}

function isNumber(query: string): boolean {
  return /^[\d ()+.-]+$/.test(query)
}
