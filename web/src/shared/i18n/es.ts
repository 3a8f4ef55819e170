import { app } from './es/app'
import { apiKeys } from './es/api-keys'
import { audit } from './es/audit'
import { composer } from './es/composer'
import { conversations } from './es/conversations'
import { departments } from './es/departments'
import { numbers } from './es/numbers'
import { organization } from './es/organization'
import { profile } from './es/profile'
import { door } from './es/door'
import { password } from './es/password'
import { setup } from './es/setup'
import { platform } from './es/platform'
import { sendErrors } from './es/send-errors'
import { shell } from './es/shell'
import { signIn } from './es/sign-in'
import { templates } from './es/templates'
import { team } from './es/team'
import type { Translation } from './pt-br'

export const es: Translation = {
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
