import { useTranslation } from 'react-i18next'
import { dayName, readHours, stretches } from './hours'

/** `seg.–sex. 09:00–18:00 · sáb. 09:00–13:00` */
export function HoursSummary({ stored }: { stored: unknown }) {
  const { t, i18n } = useTranslation()
  const { always, week } = readHours(stored)
  if (always) return <>{t('hours.always')}</>

  const named = (day: Parameters<typeof dayName>[0]) => dayName(day, i18n.language, 'short')
  return (
    <>
      {stretches(week)
        .map(({ from, to, ranges }) => {
          const names = from === to ? named(from) : `${named(from)}–${named(to)}`
          return `${names} ${ranges.map(({ since, until }) => `${since}–${until}`).join(', ')}`
        })
        .join(' · ')}
    </>
  )
}
