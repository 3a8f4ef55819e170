import type { TFunction } from 'i18next'
import { passwordProblem } from '@/shared/forms/password-problem'
import { emailProblem } from '../check-credentials'
import type { SetUp } from './setup-api'
import { isSlug } from './slug'

/** What the two steps ask for. */
export type Founding = Required<Omit<SetUp, 'token'>>

export type Field = keyof Founding
export type Problems = Partial<Record<Field, string>>

export const OF_ORGANIZATION: readonly Field[] = ['name', 'slug', 'timezone', 'locale']

/** What can be told of the first step without asking the server. */
export function organizationProblems({ name, slug, timezone }: Founding, t: TFunction): Problems {
  return {
    ...(name.trim() === '' && { name: t('setup.nameMissing') }),
    ...(!isSlug(slug) && { slug: t('setup.slugInvalid') }),
    ...(timezone === '' && { timezone: t('setup.timezoneMissing') }),
  }
}

/** What can be told of the second. */
export function ownerProblems(founding: Founding, t: TFunction): Problems {
  const email = emailProblem(founding.email.trim())
  const password = passwordProblem(founding.password, t)
  return {
    ...(founding.full_name.trim() === '' && { full_name: t('setup.fullNameMissing') }),
    ...(email && { email: t(email) }),
    ...(password && { password }),
  }
}
