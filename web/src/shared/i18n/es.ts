import { app } from './es/app'
import { conversations } from './es/conversations'
import { signIn } from './es/sign-in'
import type { Translation } from './pt-br'

export const es: Translation = {
  ...app,
  ...signIn,
  ...conversations,
}
