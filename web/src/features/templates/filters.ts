import type { Category, Status } from './types'

export const STATUSES = [
  'DRAFT',
  'PENDING',
  'APPROVED',
  'REJECTED',
  'PAUSED',
  'DISABLED',
  'DELETED',
] as const satisfies readonly Status[]

export const CATEGORIES = [
  'MARKETING',
  'UTILITY',
  'AUTHENTICATION',
] as const satisfies readonly Category[]

/** The languages Meta takes templates in that Latin America writes most; the others stay as codes. */
export const LANGUAGES = [
  'pt_BR',
  'en',
  'en_US',
  'es',
  'es_AR',
  'es_MX',
  'es_ES',
  'pt_PT',
  'fr',
  'de',
  'it',
  'zh_CN',
  'ja',
] as const

export interface Filters {
  q?: string | undefined
  status?: (typeof STATUSES)[number] | undefined
  category?: Category | undefined
  language?: string | undefined
  number?: string | undefined
}

export function readFilters(search: Record<string, unknown>): Filters {
  return {
    q: typeof search.q === 'number' ? String(search.q) : text(search.q),
    status: STATUSES.find((status) => status === search.status),
    category: CATEGORIES.find((category) => category === search.category),
    language: text(search.language),
    number: text(search.number),
  }
}

export function isFiltered(filters: Filters): boolean {
  return Object.values(filters).some((value) => value !== undefined)
}

/** "Português (Brasil)" in the reader's own language. */
export function languageName(code: string, reader: string): string {
  try {
    return new Intl.DisplayNames([reader], { type: 'language' }).of(code.replace('_', '-')) ?? code
  } catch {
    return code
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
