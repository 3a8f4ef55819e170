import type { components } from '@/shared/api/schema'

type WhatsAppNumber = components['schemas']['NumberDetail']

export function aNumber(over: Partial<WhatsAppNumber> = {}): WhatsAppNumber {
  return {
    id: 'number-1',
    display_name: 'Padaria Aurora',
    phone_number: '+55 11 3000-0100',
    is_active: true,
    is_default: true,
    channel_id: 'channel-1',
    channel_name: 'Loja',
    phone_number_id: '455900112233441',
    whatsapp_business_account_id: '310277445566100',
    has_access_token: true,
    status: 'CONNECTED',
    name_status: 'APPROVED',
    code_verification_status: 'VERIFIED',
    verified_name: 'Padaria Aurora',
    quality_rating: 'GREEN',
    messaging_limit_tier: 'TIER_2K',
    customers_reached: 12,
    messages_waiting: 0,
    platform_type: 'CLOUD_API',
    throughput_per_second: 80,
    sending_stopped_at: null,
    sending_stopped_reason: null,
    webhook_verified_at: null,
    last_event_at: null,
    last_synced_at: null,
    created_at: '2026-11-18T17:00:00Z',
    ...over,
  }
}
