import { app } from './en/app'
import { apiKeys } from './en/api-keys'
import { audit } from './en/audit'
import { composer } from './en/composer'
import { conversations } from './en/conversations'
import { departments } from './en/departments'
import { numbers } from './en/numbers'
import { organization } from './en/organization'
import { profile } from './en/profile'
import { door } from './en/door'
import { password } from './en/password'
import { setup } from './en/setup'
import { platform } from './en/platform'
import { sendErrors } from './en/send-errors'
import { shell } from './en/shell'
import { signIn } from './en/sign-in'
import { templates } from './en/templates'
import { team } from './en/team'
import type { Translation } from './pt-br'

export const en: Translation = {
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
