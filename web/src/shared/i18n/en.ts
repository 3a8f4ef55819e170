import { app } from './en/app'
import { conversations } from './en/conversations'
import { profile } from './en/profile'
import { shell } from './en/shell'
import { signIn } from './en/sign-in'
import type { Translation } from './pt-br'

export const en: Translation = {
  ...app,
  ...shell,
  ...profile,
  ...signIn,
  ...conversations,
}
