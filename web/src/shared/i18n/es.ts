import { app } from './es/app'
import { conversations } from './es/conversations'
import { shell } from './es/shell'
import { signIn } from './es/sign-in'
import type { Translation } from './pt-br'

export const es: Translation = {
  ...app,
  ...shell,
  ...signIn,
  ...conversations,
}
