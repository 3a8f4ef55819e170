import type { TFunction } from 'i18next'
import type { Permission } from '@/shared/api/can'
import { ptBR } from './pt-br'

type Key<Name> = Name extends `${infer Thing}.${infer Deed}` ? `${Thing}_${Deed}` : never

/** A permission that has no words does not compile. */
const words: Readonly<Record<Key<Permission>, string>> = ptBR.permissions.names

/** What a permission lets one do. One that is newer than this page keeps the server's name. */
export function permissionName(t: TFunction, permission: string): string {
  const key = permission.replace('.', '_')
  return isKnown(key) ? t(`permissions.names.${key}`) : permission
}

function isKnown(key: string): key is Key<Permission> {
  return Object.hasOwn(words, key)
}
