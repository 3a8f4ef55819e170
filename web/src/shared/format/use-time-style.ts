import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useZone } from '@/shared/api/current-user'
import type { TimeStyle } from './time'

/** The reader's language and the organization's clock. */
export function useTimeStyle(): TimeStyle {
  const { i18n } = useTranslation()
  const zone = useZone()
  const locale = i18n.language
  return useMemo(() => ({ locale, zone }), [locale, zone])
}
