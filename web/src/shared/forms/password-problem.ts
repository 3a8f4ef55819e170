import type { TFunction } from 'i18next'
import { ApiError } from '@/shared/api/errors'
import { readString } from '@/shared/json/read'
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password-strength'

/** What is wrong with a new password and can be told without asking the server. */
export function passwordProblem(password: string, t: TFunction): string | undefined {
  if (password === '') return t('password.missing')
  return password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD
    ? t('password.refused.length', { shortest: SHORTEST_PASSWORD, longest: LONGEST_PASSWORD })
    : undefined
}

/** Why the server refuses a new password, in words; nothing when it complains of something else. */
export function passwordRefusal(error: unknown, t: TFunction): string | undefined {
  if (!(error instanceof ApiError) || error.code !== 'password_unacceptable') return undefined
  return readString(error.details, 'reason') === 'length'
    ? t('password.refused.length', error.details)
    : t('password.refused.too_easy')
}
