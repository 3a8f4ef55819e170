import type { TFunction } from 'i18next'
import { ptBR, type Translation } from '@/shared/i18n/pt-br'

type Known = keyof Translation['permissions']['names']

/** What a permission lets one do. One that is newer than this page keeps the server's name. */
export function permissionName(t: TFunction, permission: string): string {
  const key = permission.replace('.', '_')
  return isKnown(key) ? t(`permissions.names.${key}`) : permission
}

function isKnown(key: string): key is Known {
  return Object.hasOwn(ptBR.permissions.names, key)
}
