import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { ptBR, type Translation } from '@/shared/i18n/pt-br'
import { ApiError } from './errors'

/** One sentence for a person. The server's own message is for developers, and in English. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation()
  return (error) => errorText(error, t)
}

export function errorText(error: unknown, t: TFunction): string {
  if (!(error instanceof ApiError)) return t('errors.unknown')
  if (knows(error.code)) return t(`errors.${error.code}`, error.details)
  if (error.status >= 500) return t('errors.server')
  return t('errors.unexpected', { code: error.code })
}

/** The words of `errors` are named like the server's codes: a code that has a word there is known. */
function knows(code: string): code is keyof Translation['errors'] {
  return Object.hasOwn(ptBR.errors, code)
}
