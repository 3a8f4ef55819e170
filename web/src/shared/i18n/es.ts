import { app } from './es/app'
import { conversations } from './es/conversations'
import { profile } from './es/profile'
import { shell } from './es/shell'
import { signIn } from './es/sign-in'
import type { Translation } from './pt-br'

export const es: Translation = {
  ...app,
  ...shell,
  ...profile,
  ...signIn,
  ...conversations,
}
