import type { TFunction } from 'i18next'
import { ApiError } from '@/shared/api/errors'
import { readNumber, readString } from '@/shared/json/read'
import type { ptBR } from '@/shared/i18n/pt-br'

type Refusal = keyof typeof ptBR.numbers.refusals

const BY_CODE: Readonly<Record<number, Refusal>> = {
  0: 'token',
  2: 'away',
  3: 'permission',
  4: 'busy',
  10: 'permission',
  104: 'token',
  190: 'token',
  613: 'busy',
  80007: 'busy',
  131005: 'permission',
  131016: 'away',
  131031: 'locked',
  133000: 'away',
  133004: 'away',
  133005: 'wrongPin',
  133006: 'notProven',
  133008: 'manyPins',
  133009: 'fastPins',
  133010: 'notRegistered',
  133015: 'justDeleted',
  133016: 'manyRegistrations',
  136024: 'alreadyProven',
  136025: 'wrongCode',
}

export interface MetaWords {
  text: string
  /** What Meta said itself, for who wants to look it up. */
  said: string
}

/** A refusal of Meta's that is known by its code; undefined for every other error. */
export function metaWords(error: unknown, t: TFunction): MetaWords | undefined {
  if (!(error instanceof ApiError) || error.code !== 'whatsapp_refused') return undefined
  const code = readNumber(error.details, 'meta_code')
  const refusal = code === undefined ? undefined : refusalOf(code)
  if (refusal === undefined) return undefined
  const words =
    readString(error.details, 'meta_details') ?? readString(error.details, 'title') ?? ''
  return { text: t(`numbers.refusals.${refusal}`), said: t('numbers.metaSaid', { words, code }) }
}

function refusalOf(code: number): Refusal | undefined {
  return BY_CODE[code] ?? (code >= 200 && code < 300 ? 'permission' : undefined)
}
