import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { clock } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import { ZoneSelect } from '@/shared/forms/zone-select'

interface TimezoneSelectProps {
  value: string
  saved: string
  onChange: (zone: string) => void
  readOnly: boolean
  error?: ReactNode
}

/** With what time it is there. */
export function TimezoneSelect(props: TimezoneSelectProps) {
  const { t, i18n } = useTranslation()
  const time = clock(useNow(), { locale: i18n.language, zone: props.value })

  return (
    <ZoneSelect
      description={t('organization.timezoneHint')}
      inputContainer={(input) => (
        <>
          {input}
          <Clock>{t('organization.timezoneNow', { time })}</Clock>
        </>
      )}
      {...props}
    />
  )
}

function Clock({ children }: { children: ReactNode }) {
  return (
    <div style={{ marginTop: 6, color: 'var(--ink-faint)', fontSize: '0.8125rem' }}>{children}</div>
  )
}
