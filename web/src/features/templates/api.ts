import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { api, done, unwrap } from '@/shared/api/client'
import { useLiveEvents } from '@/shared/api/live'
import { once, useIntent } from '@/shared/api/use-intent'
import type { Filters } from './filters'
import type { SampleKind, Template, TemplateChange, TemplateCreate, PreviewWish } from './types'

const ALL = ['templates'] as const
const SYNCS = ['template-syncs'] as const

export const templatesQuery = (filters: Filters) =>
  infiniteQueryOptions({
    queryKey: [...ALL, 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/v1/templates', {
          params: {
            query: {
              limit: 60,
              ...(pageParam && { cursor: pageParam }),
              ...(filters.status && { status: [filters.status] }),
              ...(filters.category && { category: filters.category }),
              ...(filters.language && { language: filters.language }),
              ...(filters.number && { whatsapp_number_id: filters.number }),
              ...(filters.q && { search: filters.q }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })

export const templateQuery = (id: string) =>
  queryOptions({
    queryKey: [...ALL, 'one', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/templates/{template_id}', { ...at(id), signal })),
  })

export function useHistory(id: string) {
  return useQuery({
    queryKey: [...ALL, 'one', id, 'history'],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/v1/templates/{template_id}/history', { ...at(id), signal })),
    select: ({ items }) => items,
  })
}

/** The same template in every language it has. */
export function useLanguages({ name, whatsapp_business_account_id: account }: Template) {
  return useQuery({
    queryKey: [...ALL, 'named', name],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/templates', { params: { query: { search: name, limit: 100 } }, signal }),
      ),
    select: ({ items }) =>
      items.filter((one) => one.name === name && one.whatsapp_business_account_id === account),
  })
}

export function usePreview(wish: PreviewWish) {
  return useQuery({
    queryKey: ['template-preview', wish],
    queryFn: ({ signal }) => unwrap(api.POST('/api/v1/templates/preview', { body: wish, signal })),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 10_000,
  })
}

export function useNumbers() {
  return useQuery({
    queryKey: ['numbers'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/whatsapp-numbers', { signal })),
    select: ({ items }) => items,
  })
}

export function useSyncs() {
  return useQuery({
    queryKey: SYNCS,
    queryFn: ({ signal }) => unwrap(api.GET('/api/v1/templates/sync', { signal })),
    select: ({ items }) => items,
  })
}

export function useSync() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => unwrap(api.POST('/api/v1/templates/sync', { body: {} })),
    onSuccess: (syncs) => queries.setQueryData(SYNCS, syncs),
  })
}

export function useCreate() {
  const create = useIntent((body: TemplateCreate, key) =>
    unwrap(api.POST('/api/v1/templates', { body, params: once(key) })),
  )
  return useMutation({
    mutationFn: create,
    onSettled: useForget(),
  })
}

export function useChange(id: string) {
  const keep = useKeep()
  return useMutation({
    mutationFn: (body: TemplateChange) =>
      unwrap(api.PATCH('/api/v1/templates/{template_id}', { ...at(id), body })),
    onSuccess: keep,
  })
}

export function useSubmit(id: string) {
  const keep = useKeep()
  const submit = useIntent((template: string, key) =>
    unwrap(api.POST('/api/v1/templates/{template_id}/submit', onceAt(template, key))),
  )
  return useMutation({
    mutationFn: () => submit(id),
    onSuccess: keep,
  })
}

export function useDiscard(id: string) {
  const keep = useKeep()
  return useMutation({
    mutationFn: () => unwrap(api.DELETE('/api/v1/templates/{template_id}/changes', at(id))),
    onSuccess: keep,
  })
}

interface Sample {
  numberId: string
  kind: SampleKind
  file: File
}

export function useGiveSample() {
  return useMutation({
    mutationFn: ({ numberId, kind, file }: Sample) =>
      unwrap(
        api.POST('/api/v1/templates/header-samples', {
          params: {
            query: { whatsapp_number_id: numberId, header_type: kind },
          },
          // The description of the API knows bytes as a string only.
          body: '',
          bodySerializer: () => file,
          headers: { 'Content-Type': file.type },
        }),
      ),
  })
}

export function useDuplicate(id: string) {
  const duplicate = useIntent((body: { name?: string; language?: string }, key) =>
    unwrap(api.POST('/api/v1/templates/{template_id}/duplicate', { ...onceAt(id, key), body })),
  )
  return useMutation({
    mutationFn: duplicate,
    onSettled: useForget(),
  })
}

export function useDelete(id: string) {
  return useMutation({
    mutationFn: () => done(api.DELETE('/api/v1/templates/{template_id}', at(id))),
    onSettled: useForget(),
  })
}

/** What Meta decides, and what colleagues change, is seen without asking. */
export function useLiveTemplates(): void {
  const queries = useQueryClient()
  const forget = useForget()

  useLiveEvents({
    onEvents: (events) => {
      if (events.some(({ type }) => type === 'template.changed')) forget()
      if (events.some(({ type }) => type.startsWith('templates.'))) {
        void queries.invalidateQueries({ queryKey: SYNCS })
      }
    },
    onGap: () => {
      forget()
      void queries.invalidateQueries({ queryKey: SYNCS })
    },
  })
}

function at(id: string) {
  return { params: { path: { template_id: id } } }
}

function onceAt(id: string, key: string) {
  return { params: { ...at(id).params, ...once(key) } }
}

function useForget(): () => void {
  const queries = useQueryClient()
  return () => void queries.invalidateQueries({ queryKey: ALL })
}

function useKeep(): (template: Template) => void {
  const queries = useQueryClient()
  return (template) => {
    queries.setQueryData(templateQuery(template.id).queryKey, template)
    void queries.invalidateQueries({ queryKey: ALL })
  }
}
