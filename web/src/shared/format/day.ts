import type { TimeStyle } from './time'

const DAY = 24 * 60 * 60_000

/** `22 de nov. de 2026`. */
export function dayOf(at: string | Date, { locale, zone }: TimeStyle): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: zone })
  return format.format(new Date(at))
}

/** The moment at which the day `2026-11-22` begins where the organization is. */
export function dayStart(day: string, zone: string): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`)
  // Twice, for on the day the clocks change the first guess lies on the wrong side of it.
  const guess = wanted - ahead(wanted, zone)
  return new Date(wanted - ahead(guess, zone))
}

/** The moment at which it ends. */
export function dayEnd(day: string, zone: string): Date {
  return dayStart(new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10), zone)
}

/** How far the zone's clock is ahead of Greenwich's. */
function ahead(at: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const { year, month, day, hour, minute, second } = parts
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - at
}
