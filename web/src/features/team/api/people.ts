import {
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, done, unwrap } from '@/shared/api/client'
import type { Person, PersonChange, Role } from '../types'
import { forget } from './forget'
import { teamKeys } from './keys'

const PAGE = 50
/** Who is online changes without an event. */
const PRESENCE = 30_000

export interface PeopleFilter {
  q?: string | undefined
  role?: Role | undefined
  department?: string | undefined
  state?: 'active' | 'off' | undefined
  /** The newest first, if not said. */
  sort?: PeopleSort | undefined
}

export type PeopleSort = 'name' | '-name' | 'role' | '-role' | 'last_seen_at' | '-last_seen_at'

const firstPage: string | null = null

export function usePeople(filter: PeopleFilter) {
  const query = useInfiniteQuery({
    queryKey: teamKeys.peopleList(filter),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/people', {
          params: {
            query: {
              limit: PAGE,
              ...(filter.q && { q: filter.q }),
              ...(filter.role && { role: filter.role }),
              ...(filter.department && { department_id: filter.department }),
              ...(filter.sort && { sort: filter.sort }),
              ...(filter.state && { is_active: filter.state === 'active' }),
              ...(pageParam !== null && { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: firstPage,
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
    refetchInterval: PRESENCE,
  })
  const { data } = query
  const people = useMemo(() => data?.pages.flatMap(({ items }) => items), [data])
  return { ...query, people }
}

export function personQuery(id: string) {
  return queryOptions({
    queryKey: teamKeys.person(id),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/people/{user_id}', { params: { path: { user_id: id } }, signal })),
    refetchInterval: PRESENCE,
  })
}

export function usePerson(id: string) {
  return useQuery(personQuery(id))
}

export function useChangePerson(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: PersonChange) =>
      unwrap(api.PATCH('/api/v1/people/{user_id}', { params: { path: { user_id: id } }, body })),
    onSuccess: (person: Person) => {
      queries.setQueryData(teamKeys.person(id), person)
      forget(queries, teamKeys.everybody, teamKeys.everyMember, teamKeys.usage)
    },
  })
}

/** Who is gone is not asked for again: whoever looks at them is still told what they saw. */
export function useRemovePerson(id: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () =>
      done(api.DELETE('/api/v1/people/{user_id}', { params: { path: { user_id: id } } })),
    onSuccess: () => {
      forget(
        queries,
        teamKeys.everybody,
        teamKeys.everyMember,
        teamKeys.departments,
        teamKeys.usage,
      )
    },
  })
}
