import {
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { api, done, unwrap } from '@/shared/api/client'
import { once, useIntent } from '@/shared/api/use-intent'
import type { Invitee, NewOrganization, Organization, OrganizationChange, State } from './types'

const PAGE = 20
const ALL = '/api/v1/platform/organizations'
const ONE = '/api/v1/platform/organizations/{organization_id}'
const keys = {
  all: ['platform', 'organizations'] as const,
  one: (id: string) => ['platform', 'organization', id] as const,
}
const firstPage: string | null = null

export interface Wanted {
  q: string
  state: State
}

export function useOrganizations(wanted: Wanted) {
  return useInfiniteQuery({
    queryKey: [...keys.all, wanted],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET(ALL, {
          params: { query: { ...wanted, limit: PAGE, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: firstPage,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  })
}

export function organizationQuery(id: string) {
  return queryOptions({
    queryKey: keys.one(id),
    queryFn: ({ signal }) => unwrap(api.GET(ONE, { params: at(id), signal })),
  })
}

export function administratorsQuery(id: string) {
  return queryOptions({
    queryKey: [...keys.one(id), 'administrators'],
    queryFn: ({ signal }) => unwrap(api.GET(`${ONE}/administrators`, { params: at(id), signal })),
  })
}

export function invitationsQuery(id: string) {
  return queryOptions({
    queryKey: [...keys.one(id), 'invitations'],
    queryFn: ({ signal }) => unwrap(api.GET(`${ONE}/invitations`, { params: at(id), signal })),
  })
}

interface Creation {
  organization: NewOrganization
  /** Nobody: the organization stays without people for now. */
  administrator: Invitee | undefined
}

/** The organization is there even when the letter cannot be written: then `refused` says why. */
export function useCreateOrganization() {
  const queries = useQueryClient()
  const create = useIntent(async ({ organization, administrator }: Creation, key) => {
    const made = await unwrap(api.POST(ALL, { body: organization, params: once(key) }))
    const refused = administrator && (await refusalOf(invite(made.id, administrator)))
    return { made, refused }
  })

  return useMutation({
    mutationFn: create,
    onSuccess: ({ made }) => {
      queries.setQueryData(keys.one(made.id), made)
      void queries.invalidateQueries({ queryKey: keys.all })
    },
  })
}

export function useInvite(id: string) {
  const queries = useQueryClient()

  return useMutation({
    mutationFn: (invitee: Invitee) => invite(id, invitee),
    onSuccess: () => queries.invalidateQueries({ queryKey: invitationsQuery(id).queryKey }),
  })
}

export function useChange(id: string) {
  const keep = useKeep()

  return useMutation({
    mutationFn: (body: OrganizationChange) => unwrap(api.PATCH(ONE, { params: at(id), body })),
    onSuccess: keep,
  })
}

/** Deleting answers nothing, so what it left is asked for. */
export function useSetDeleted(id: string) {
  const keep = useKeep()

  return useMutation({
    mutationFn: async (deleted: boolean) => {
      if (!deleted) return unwrap(api.PUT(`${ONE}/restored`, { params: at(id) }))
      await done(api.DELETE(ONE, { params: at(id) }))
      return unwrap(api.GET(ONE, { params: at(id) }))
    },
    onSuccess: keep,
  })
}

function useKeep() {
  const queries = useQueryClient()
  return (organization: Organization) => {
    queries.setQueryData(keys.one(organization.id), organization)
    void queries.invalidateQueries({ queryKey: keys.all })
  }
}

function invite(id: string, body: Invitee) {
  return unwrap(api.POST(`${ONE}/invitations`, { params: at(id), body }))
}

async function refusalOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call
    return undefined
  } catch (error) {
    return error
  }
}

function at(id: string) {
  return { path: { organization_id: id } }
}
