import type { TFunction } from 'i18next'
import { ptBR, type Translation } from './pt-br'

/** `conversations.read` → `Ver conversas`. A permission without words, of a newer server, is itself. */
export function permissionWord(t: TFunction, permission: string): string {
  const word = permission.replace('.', '_')
  return knows(word) ? t(`scopes.${word}`) : permission
}

function knows(word: string): word is keyof Translation['scopes'] {
  return Object.hasOwn(ptBR.scopes, word)
}
