import type { components } from '@/shared/api/schema'
import { ptBR } from '@/shared/i18n/pt-br'
import type { Profile } from '../api'

type Change = components['schemas']['BusinessProfileChange']

export type Vertical = keyof typeof ptBR.numbers.verticals

export interface ProfileValues {
  about: string
  address: string
  description: string
  email: string
  first: string
  second: string
  vertical: Vertical
}

export function valuesOf(profile: Profile): ProfileValues {
  return {
    about: profile.about ?? '',
    address: profile.address ?? '',
    description: profile.description ?? '',
    email: profile.email ?? '',
    first: profile.websites[0] ?? '',
    second: profile.websites[1] ?? '',
    vertical: isVertical(profile.vertical) ? profile.vertical : 'OTHER',
  }
}

/** Only what differs is sent; both websites are one field for Meta. */
export function changesOf(values: ProfileValues, before: ProfileValues): Change {
  const changes: Change = {}
  for (const name of ['about', 'address', 'description', 'email'] as const) {
    if (values[name].trim() !== before[name]) changes[name] = values[name].trim()
  }
  if (values.vertical !== before.vertical) changes.vertical = values.vertical
  if (values.first.trim() !== before.first || values.second.trim() !== before.second) {
    changes.websites = [values.first, values.second].map((site) => site.trim()).filter(Boolean)
  }
  return changes
}

export function isVertical(word: string | null): word is Vertical {
  return word !== null && Object.hasOwn(ptBR.numbers.verticals, word)
}
