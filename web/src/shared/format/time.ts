const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export interface TimeStyle {
  locale: string
  zone: string
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Building a formatter costs a thousand times more than using it. */
function format(style: TimeStyle, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([style.locale, style.zone, options])
  let found = formats.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(style.locale, { timeZone: style.zone, ...options })
    formats.set(key, found)
  }
  return found
}

function relativeWord(style: TimeStyle, value: number, unit: 'second' | 'day'): string {
  return new Intl.RelativeTimeFormat(style.locale, { numeric: 'auto' }).format(value, unit)
}

/** `2026-03-09`, as the calendar on the organization's wall says. */
export function dayKey(at: Date, zone: string): string {
  return format({ locale: 'en-CA', zone }, dateOnly).format(at)
}

/** Whole calendar days from `at` to `now`, in the organization's zone. */
function daysAgo(at: Date, now: Date, zone: string): number {
  return Math.round((Date.parse(dayKey(now, zone)) - Date.parse(dayKey(at, zone))) / DAY)
}

export function clock(at: Date, style: TimeStyle): string {
  return format(style, { hour: '2-digit', minute: '2-digit' }).format(at)
}

/** How a list says when: `agora`, `5 min`, `14:32`, `ontem`, `seg.`, `09/03/2026`. */
export function listTime(at: Date, now: Date, style: TimeStyle): string {
  const age = now.getTime() - at.getTime()
  if (age < MINUTE) return relativeWord(style, 0, 'second')
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min`

  const days = daysAgo(at, now, style.zone)
  if (days === 0) return clock(at, style)
  if (days === 1) return relativeWord(style, -1, 'day')
  if (days < 7) return format(style, { weekday: 'short' }).format(at)
  return format(style, { day: '2-digit', month: '2-digit', year: 'numeric' }).format(at)
}

/** How a thread says which day: `Hoje`, `Ontem`, `Segunda-feira`, `9 de março`, `9 de março de 2025`. */
export function dayTitle(at: Date, now: Date, style: TimeStyle): string {
  const days = daysAgo(at, now, style.zone)
  if (days <= 1 && days >= 0) return capital(relativeWord(style, -days, 'day'))
  if (days > 1 && days < 7) return capital(format(style, { weekday: 'long' }).format(at))

  const sameYear = dayKey(at, style.zone).slice(0, 4) === dayKey(now, style.zone).slice(0, 4)
  const year: Intl.DateTimeFormatOptions = sameYear ? {} : { year: 'numeric' }
  return format(style, { day: 'numeric', month: 'long', ...year }).format(at)
}

export function fullTime(at: Date, style: TimeStyle): string {
  return format(style, { dateStyle: 'full', timeStyle: 'short' }).format(at)
}

/** `9 de março de 2026` */
export function fullDate(at: Date, style: TimeStyle): string {
  return format(style, { dateStyle: 'long' }).format(at)
}

/** A moment that is near: `hoje, 14:32`, `amanhã, 09:05`, else its date. */
export function nearTime(at: Date, now: Date, style: TimeStyle): string {
  const days = daysAgo(at, now, style.zone)
  if (Math.abs(days) > 1)
    return format(style, { dateStyle: 'short', timeStyle: 'short' }).format(at)
  return `${relativeWord(style, -days, 'day')}, ${clock(at, style)}`
}

/** `21 h 14 min`, `14 min`, `0:42` for the last minute. */
export function countdown(milliseconds: number): string {
  const left = Math.max(0, milliseconds)
  const hours = Math.floor(left / HOUR)
  const minutes = Math.floor((left % HOUR) / MINUTE)
  if (hours > 0) return `${hours} h ${String(minutes).padStart(2, '0')} min`
  if (minutes > 0) return `${minutes} min`
  return `0:${String(Math.floor(left / 1000)).padStart(2, '0')}`
}

/** The same at a glance: `21 h`, `14 min`. */
export function shortCountdown(milliseconds: number): string {
  const hours = Math.floor(milliseconds / HOUR)
  return hours > 0 ? `${hours} h` : countdown(milliseconds)
}

const dateOnly: Intl.DateTimeFormatOptions = { year: 'numeric', month: '2-digit', day: '2-digit' }

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}
