import type { TFunction } from 'i18next'
import { ptBR } from '@/shared/i18n/pt-br'
import type { WhatsAppNumber } from './api'

type Words = typeof ptBR.numbers

export type Mood = 'good' | 'warning' | 'bad' | 'unknown'

const QUALITIES: Readonly<Record<string, Mood>> = { GREEN: 'good', YELLOW: 'warning', RED: 'bad' }
const MILD = new Set(['PENDING', 'FLAGGED', 'RATE_LIMITED', 'UNVERIFIED'])
const PEOPLE: Readonly<Record<string, number>> = {
  TIER_50: 50,
  TIER_250: 250,
  TIER_2K: 2000,
  TIER_10K: 10_000,
  TIER_100K: 100_000,
}

/** What Meta says in words that are not known here is shown as it says it. */
export function statusWord(t: TFunction, status: string | null): string {
  if (status === null) return t('numbers.unknown')
  return isStatus(status) ? t(`numbers.statuses.${status}`) : status
}

export function statusMood({ status, sending_stopped_at }: WhatsAppNumber): Mood {
  if (sending_stopped_at) return 'bad'
  if (status === null) return 'unknown'
  if (status === 'CONNECTED') return 'good'
  return MILD.has(status) ? 'warning' : 'bad'
}

export function qualityWord(t: TFunction, quality: string | null): string {
  return quality !== null && isQuality(quality)
    ? t(`numbers.qualities.${quality}`)
    : t('numbers.unknown')
}

export function qualityMood(quality: string | null): Mood {
  return QUALITIES[quality ?? ''] ?? 'unknown'
}

export function tierWord(t: TFunction, tier: string | null, language: string): string {
  if (tier === 'TIER_UNLIMITED') return t('numbers.unlimited')
  const people = PEOPLE[tier ?? '']
  return people === undefined
    ? t('numbers.unknown')
    : t('numbers.limitPerDay', { people: people.toLocaleString(language) })
}

function isStatus(status: string): status is keyof Words['statuses'] {
  return Object.hasOwn(ptBR.numbers.statuses, status)
}

function isQuality(quality: string): quality is keyof Words['qualities'] {
  return Object.hasOwn(ptBR.numbers.qualities, quality)
}
