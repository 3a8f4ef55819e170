import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, done, unwrap } from '@/shared/api/client'
import type { components } from '@/shared/api/schema'
import { once, useIntent } from '@/shared/api/use-intent'
import { conversationKeys } from './api'

export type Identities = components['schemas']['Identities']
export type Suggestion = components['schemas']['SuggestionRead']

export const contactKeys = {
  all: ['contacts'] as const,
  identities: (id: string) => ['contacts', id, 'identities'] as const,
  suggestions: (id: string) => ['contacts', id, 'suggestions'] as const,
}

export function useIdentities(contactId: string) {
  return useQuery({
    queryKey: contactKeys.identities(contactId),
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/contacts/{contact_id}/identities', {
          params: { path: { contact_id: contactId } },
          signal,
        }),
      ),
  })
}

export function useSuggestions(contactId: string, enabled: boolean) {
  return useQuery({
    queryKey: contactKeys.suggestions(contactId),
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/v1/contacts/{contact_id}/merge-suggestions', {
          params: { path: { contact_id: contactId } },
          signal,
        }),
      ),
    enabled,
  })
}

export function useAcceptSuggestion() {
  return useDeed(
    useIntent((id: string, key) =>
      unwrap(
        api.POST('/api/v1/contact-merge-suggestions/{suggestion_id}/accept', {
          params: { path: { suggestion_id: id }, ...once(key) },
        }),
      ),
    ),
  )
}

export function useDismissSuggestion() {
  return useDeed((id: string) =>
    done(
      api.POST('/api/v1/contact-merge-suggestions/{suggestion_id}/dismiss', {
        params: { path: { suggestion_id: id } },
      }),
    ),
  )
}

export function useUndoMerge() {
  return useDeed(
    useIntent((id: string, key) =>
      unwrap(
        api.POST('/api/v1/contact-merges/{merge_id}/undo', {
          params: { path: { merge_id: id }, ...once(key) },
        }),
      ),
    ),
  )
}

/** Whatever is decided about who is who changes people and their talks. */
function useDeed<Answer>(mutationFn: (id: string) => Promise<Answer>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: contactKeys.all })
      await queries.invalidateQueries({ queryKey: conversationKeys.all })
    },
  })
}
