import { app } from './en/app'
import { conversations } from './en/conversations'
import { signIn } from './en/sign-in'
import type { Translation } from './pt-br'

export const en: Translation = {
  ...app,
  ...signIn,
  ...conversations,
}
