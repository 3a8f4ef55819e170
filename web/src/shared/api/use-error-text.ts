import { useTranslation } from 'react-i18next'
import { ApiError } from './errors'

/** One sentence for a person. The server's own message is for developers and in English, so it is the last resort. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation()

  return (error) => {
    if (!(error instanceof ApiError)) return t('errors.unknown')
    if (knows(error.code)) return t(`errors.${error.code}`)
    if (error.status >= 500) return t('errors.server')
    return error.message || t('errors.unknown')
  }
}

const known = [
  'unreachable',
  'wrong_credentials',
  'too_many',
  'too_many_attempts',
  'not_found',
  'forbidden',
  'permission_missing',
  'unavailable',
] as const

function knows(code: string): code is (typeof known)[number] {
  return known.some((one) => one === code)
}
