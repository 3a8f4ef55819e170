import { app } from './pt-br/app'
import { apiKeys } from './pt-br/api-keys'
import { audit } from './pt-br/audit'
import { composer } from './pt-br/composer'
import { conversations } from './pt-br/conversations'
import { departments } from './pt-br/departments'
import { numbers } from './pt-br/numbers'
import { organization } from './pt-br/organization'
import { profile } from './pt-br/profile'
import { door } from './pt-br/door'
import { password } from './pt-br/password'
import { setup } from './pt-br/setup'
import { platform } from './pt-br/platform'
import { sendErrors } from './pt-br/send-errors'
import { shell } from './pt-br/shell'
import { signIn } from './pt-br/sign-in'
import { templates } from './pt-br/templates'
import { team } from './pt-br/team'

/** The source of every word a person reads. The other languages must have the same keys. */
export const ptBR = {
  ...app,
  ...door,
  ...password,
  ...setup,
  ...shell,
  ...platform,
  ...profile,
  ...signIn,
  ...conversations,
  ...composer,
  ...sendErrors,
  ...team,
  ...templates,
  ...departments,
  ...numbers,
  ...organization,
  ...apiKeys,
  ...audit,
}

export type Translation = typeof ptBR
