import type { TFunction } from 'i18next'
import { fullTime, type TimeStyle } from '@/shared/format/time'
import { languageNames, languages } from '@/shared/i18n/i18n'
import { permissionName } from '@/shared/i18n/permission-name'
import { ptBR } from '@/shared/i18n/pt-br'
import { isRecord, readString } from '@/shared/json/read'
import type { Names } from './api'

const MOMENT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/

export interface Reading {
  t: TFunction
  style: TimeStyle
  names: Names
}

/** A value of a field as a person reads it. */
export function valueText(field: string, value: unknown, reading: Reading): string {
  const { t, style } = reading
  if (value === null || value === undefined || value === '') return t('audit.nothing')
  if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no')
  if (typeof value === 'number') return new Intl.NumberFormat(style.locale).format(value)
  if (typeof value === 'string') return text(field, value, reading)
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => valueText(field, item, reading))
    return items.length === 0
      ? t('audit.nothing')
      : new Intl.ListFormat(style.locale, { type: 'conjunction' }).format(items)
  }
  return (isRecord(value) ? readString(value, 'name') : undefined) ?? JSON.stringify(value)
}

function text(field: string, value: string, { t, style, names }: Reading): string {
  if (value === '[redacted]') return t('audit.redacted')
  if (names[value] !== undefined) return names[value]
  if (MOMENT.test(value) && !Number.isNaN(Date.parse(value)))
    return fullTime(new Date(value), style)
  switch (field) {
    case 'role':
      return isKey(ptBR.roles, value) ? t(`roles.${value}`) : value
    case 'plan_type':
      return isKey(ptBR.organization.plans, value) ? t(`organization.plans.${value}`) : value
    case 'locale': {
      const language = languages.find((one) => one === value)
      return language ? languageNames[language] : value
    }
    case 'permissions':
    case 'scopes':
      return permissionName(t, value)
    default:
      return value
  }
}

function isKey<Words extends object>(words: Words, word: string): word is keyof Words & string {
  return Object.hasOwn(words, word)
}
