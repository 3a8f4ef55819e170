import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimeStyle } from '@/shared/format/use-time-style'
import type { Names } from './api'
import type { Reading } from './value-text'

export function useReading(names: Names): Reading {
  const { t } = useTranslation()
  const style = useTimeStyle()
  return useMemo(() => ({ t, style, names }), [t, style, names])
}
