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

const UNREGISTERED = new Set(['PENDING', 'DISCONNECTED', 'UNVERIFIED'])

export function isRegistered({ status }: WhatsAppNumber): boolean {
  return status !== null && !UNREGISTERED.has(status)
}

/** As far as is known. Meta asks for a proof only when the number is registered. */
export function isUnproven({ code_verification_status: proof }: WhatsAppNumber): boolean {
  return proof !== null && proof !== 'VERIFIED'
}

export function proofWord(t: TFunction, proof: string | null): string {
  if (proof === null) return t('numbers.unknown')
  return isProof(proof) ? t(`numbers.proofs.${proof}`) : proof
}

export function proofMood(number: WhatsAppNumber): Mood {
  if (number.code_verification_status === null) return 'unknown'
  if (!isUnproven(number)) return 'good'
  return isRegistered(number) ? 'unknown' : 'warning'
}

export function qualityWord(t: TFunction, quality: string | null): string {
  return quality !== null && isQuality(quality)
    ? t(`numbers.qualities.${quality}`)
    : t('numbers.unknown')
}

export function qualityMood(quality: string | null): Mood {
  return QUALITIES[quality ?? ''] ?? 'unknown'
}

/** To how many people a day the business may write first; undefined when nobody limits that, or nobody knows. */
export function peopleOfTier(tier: string | null): number | undefined {
  return PEOPLE[tier ?? '']
}

const NEARLY = 0.8

export function limitMood(number: WhatsAppNumber, limit: number): Mood {
  const { customers_reached: reached, messages_waiting: waiting } = number
  if (waiting > 0 || reached >= limit) return 'bad'
  return reached >= limit * NEARLY ? 'warning' : 'good'
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

function isProof(proof: string): proof is keyof Words['proofs'] {
  return Object.hasOwn(ptBR.numbers.proofs, proof)
}

function isQuality(quality: string): quality is keyof Words['qualities'] {
  return Object.hasOwn(ptBR.numbers.qualities, quality)
}
