import type { Month } from './api'

const SHOWN = 12

/** The last twelve months up to this one, oldest first; those that the server leaves out had no message. */
export function monthSeries(known: readonly Month[], today: string): Month[] {
  const [year = 1970, month = 1] = today.split('-').map(Number)
  const found = new Map(known.map((each) => [each.month.slice(0, 7), each]))
  return Array.from({ length: SHOWN }, (_, index) => {
    const first = new Date(Date.UTC(year, month - SHOWN + index, 1)).toISOString().slice(0, 10)
    return found.get(first.slice(0, 7)) ?? { month: first, sent: 0, received: 0 }
  })
}

/** `novembro de 2026`, `nov`. */
export function monthName(month: string, locale: string, style: 'short' | 'long'): string {
  const year = style === 'long' ? ({ year: 'numeric' } as const) : {}
  const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: style, ...year })
  return format.format(new Date(`${month}T00:00:00Z`)).replace('.', '')
}
