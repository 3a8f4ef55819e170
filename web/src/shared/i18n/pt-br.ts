import { app } from './pt-br/app'
import { conversations } from './pt-br/conversations'
import { profile } from './pt-br/profile'
import { shell } from './pt-br/shell'
import { signIn } from './pt-br/sign-in'

/** The source of every word a person reads. The other languages must have the same keys. */
export const ptBR = {
  ...app,
  ...shell,
  ...profile,
  ...signIn,
  ...conversations,
}

export type Translation = typeof ptBR
