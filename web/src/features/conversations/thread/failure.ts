import type { TFunction } from 'i18next'
import { ptBR } from '@/shared/i18n/pt-br'
import type { Message } from '../types'

type Words = typeof ptBR.sendErrors
type Why = keyof Words['why']
type Next = keyof Words['next']

/** Codes of which Meta has several for one thing. */
const SAME: Readonly<Record<number, number>> = {
  10: 3,
  190: 0,
  200: 3,
  613: 4,
  80007: 4,
  131000: 1,
  131005: 3,
  131008: 100,
  131009: 100,
  131016: 2,
  131031: 368,
  131044: 131042,
  131045: 33,
  131053: 131052,
  132012: 132008,
  132018: 132008,
  132069: 132068,
  133004: 2,
  133006: 33,
  133010: 33,
  134101: 134100,
  134102: 134100,
  135000: 100,
}

/** Codes that say that something is wrong with the message, and Meta's text says what. */
const DETAILED = new Set([100, 132000, 132008])

const PERMISSIONS = { first: 200, last: 299 }

export interface Failure {
  why: string
  /** What to do about it, where that helps. */
  next?: string
  /** Meta's own words, where ours do not say enough. */
  detail?: string
}

/** Why a message failed, in the reader's words; what nobody knows is told in Meta's, with its code. */
export function failureOf(t: TFunction, message: Message): Failure {
  const { error_code: code, error_message: text } = message
  if (code === null) return { why: text ?? t('message.failedText') }
  const known = knownCode(code)
  const key = `c${String(known)}`
  if (!hasWhy(key))
    return {
      why: text ? t('sendErrors.unknown', { text, code }) : t('sendErrors.wordless', { code }),
    }
  return {
    why: t(`sendErrors.why.${key}`),
    ...(hasNext(key) && { next: t(`sendErrors.next.${key}`) }),
    ...(DETAILED.has(known) && text && { detail: t('sendErrors.detail', { text }) }),
  }
}

function knownCode(code: number): number {
  if (code >= PERMISSIONS.first && code <= PERMISSIONS.last) return SAME[200] ?? code
  return SAME[code] ?? code
}

function hasWhy(key: string): key is Why {
  return Object.hasOwn(ptBR.sendErrors.why, key)
}

function hasNext(key: string): key is Next {
  return Object.hasOwn(ptBR.sendErrors.next, key)
}
