import type { TFunction } from 'i18next'
import { ptBR, type Translation } from '@/shared/i18n/pt-br'

type Words = Translation['audit']
export type Deed = keyof Words['deeds']
export type Field = keyof Words['fields']
export type Kind = keyof Words['kinds']

export function isDeed(word: string): word is Deed {
  return Object.hasOwn(ptBR.audit.deeds, word)
}

export function isKind(word: string): word is Kind {
  return Object.hasOwn(ptBR.audit.kinds, word)
}

/** `max_agents` → `limite de pessoas que atendem`; a field without words keeps its name. */
export function fieldWord(t: TFunction, field: string): string {
  const last = field.split('.').at(-1) ?? field
  return isField(last) ? t(`audit.fields.${last}`) : last.replaceAll('_', ' ')
}

export const deeds: readonly Deed[] = Object.keys(ptBR.audit.deeds).filter(isDeed)
export const kinds: readonly Kind[] = Object.keys(ptBR.audit.kinds).filter(isKind)

function isField(word: string): word is Field {
  return Object.hasOwn(ptBR.audit.fields, word)
}
