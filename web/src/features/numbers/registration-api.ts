import { api, unwrap } from '@/shared/api/client'
import type { components } from '@/shared/api/schema'
import { at, onceAt, useChange, useOnce, type WhatsAppNumber } from './api'

type CodeRequest = components['schemas']['CodeRequest']

export function useRegister(id: string) {
  return useOnce((pin: string, key) =>
    unwrap(
      api.POST('/api/v1/whatsapp-numbers/{number_id}/register', {
        ...onceAt(id, key),
        body: { pin },
      }),
    ),
  )
}

export function useDeregister(id: string) {
  return useOnce<WhatsAppNumber>((_, key) =>
    unwrap(api.POST('/api/v1/whatsapp-numbers/{number_id}/deregister', onceAt(id, key))),
  )
}

export function useSetPin(id: string) {
  return useChange((pin: string) =>
    unwrap(api.PUT('/api/v1/whatsapp-numbers/{number_id}/pin', { ...at(id), body: { pin } })),
  )
}

export function useRequestCode(id: string) {
  return useOnce((body: CodeRequest, key) =>
    unwrap(
      api.POST('/api/v1/whatsapp-numbers/{number_id}/code/request', { ...onceAt(id, key), body }),
    ),
  )
}

export function useVerifyCode(id: string) {
  return useOnce((code: string, key) =>
    unwrap(
      api.POST('/api/v1/whatsapp-numbers/{number_id}/code/verify', {
        ...onceAt(id, key),
        body: { code },
      }),
    ),
  )
}
