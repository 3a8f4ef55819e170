import { isRecord, readRecords, readString, type Json } from '@/shared/json/read'

export const days = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const
export type Day = (typeof days)[number]

/** `until` may be earlier than `since`: then it is the next day's. */
export interface Range {
  since: string
  until: string
}

export type Week = Record<Day, Range[]>

export interface Hours {
  always: boolean
  week: Week
}

const SHOP: Range = { since: '09:00', until: '18:00' }
const WEEKEND: readonly Day[] = ['saturday', 'sunday']

/** The hours that most shops begin with. */
export function usualWeek(): Week {
  return eachDay((day) => (WEEKEND.includes(day) ? [] : [{ ...SHOP }]))
}

/** A day without hours is closed; a week without days is always open. */
export function readHours(stored: unknown): Hours {
  const from: Json = isRecord(stored) ? stored : {}
  const week = eachDay((day) =>
    readRecords(from, day).map((range) => ({
      since: readString(range, 'since') ?? '',
      until: readString(range, 'until') ?? '',
    })),
  )
  const always = days.every((day) => week[day].length === 0)
  return { always, week: always ? usualWeek() : week }
}

export function writeHours({ always, week }: Hours): Partial<Week> {
  if (always) return {}
  return Object.fromEntries(
    days
      .filter((day) => week[day].length > 0)
      .map((day) => [
        day,
        week[day].map(({ since, until }) => ({
          since: readClock(since) ?? since,
          until: readClock(until) ?? until,
        })),
      ]),
  )
}

export type HoursFlaw = 'incomplete' | 'sameTime' | 'overlap'

/** What is wrong with a day's hours, if anything is. */
export function flawOf(ranges: Range[]): HoursFlaw | undefined {
  if (ranges.some(({ since, until }) => !isClock(since) || !isClock(until))) return 'incomplete'
  const spans = ranges.map(spanOf).sort((one, other) => one.from - other.from)
  if (spans.some(({ from, to }) => from === to)) return 'sameTime'
  const overlaps = spans.some((span, at) => span.from < (spans[at - 1]?.to ?? 0))
  return overlaps ? 'overlap' : undefined
}

/** Where a new range of the day begins: after what is there, or after lunch. */
export function nextRange(ranges: Range[]): Range {
  const last = ranges.at(-1)
  if (!last) return { ...SHOP }
  const from = Math.min(spanOf(last).to + 60, 22 * 60)
  return { since: clockOf(from), until: clockOf(Math.min(from + 240, 23 * 60 + 59)) }
}

export function isOvernight({ since, until }: Range): boolean {
  return isClock(since) && isClock(until) && minutes(until) < minutes(since)
}

/** A time as people write it: `9`, `930`, `9:30`, `9h30`, `21h`. */
export function readClock(text: string): string | undefined {
  const found = /^(\d{1,2})(?:\s*[:h.]\s*(\d{2})?|(\d{2}))?$/i.exec(text.trim())
  if (!found) return undefined
  const hours = Number(found[1])
  const rest = Number(found[2] ?? found[3] ?? '0')
  return hours < 24 && rest < 60 ? clockOf(hours * 60 + rest) : undefined
}

/** The same hours for every day that is open. */
export function repeated(week: Week, from: Day): Week {
  return eachDay((day) => (week[day].length > 0 ? week[from].map((range) => ({ ...range })) : []))
}

/** Days in a row that keep the same hours: `[monday … friday] 09:00–18:00`. */
export function stretches(week: Week): { from: Day; to: Day; ranges: Range[] }[] {
  const found: { from: Day; to: Day; ranges: Range[] }[] = []
  let before: Day | undefined
  for (const day of days) {
    const ranges = week[day]
    const last = found.at(-1)
    if (ranges.length > 0) {
      if (last && last.to === before && isSame(last.ranges, ranges)) last.to = day
      else found.push({ from: day, to: day, ranges })
    }
    before = day
  }
  return found
}

/** The day's name in the reader's language. The first of January 2024 was a Monday. */
export function dayName(day: Day, locale: string, weekday: 'long' | 'short' = 'long'): string {
  const at = new Date(Date.UTC(2024, 0, 1 + days.indexOf(day)))
  return new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(at)
}

function eachDay(rangesOf: (day: Day) => Range[]): Week {
  return {
    monday: rangesOf('monday'),
    tuesday: rangesOf('tuesday'),
    wednesday: rangesOf('wednesday'),
    thursday: rangesOf('thursday'),
    friday: rangesOf('friday'),
    saturday: rangesOf('saturday'),
    sunday: rangesOf('sunday'),
  }
}

function isSame(some: Range[], others: Range[]): boolean {
  return JSON.stringify(some) === JSON.stringify(others)
}

function isClock(text: string): boolean {
  return readClock(text) !== undefined
}

function spanOf(range: Range): { from: number; to: number } {
  const from = minutes(range.since)
  const to = minutes(range.until)
  return { from, to: to < from ? to + 24 * 60 : to }
}

function minutes(text: string): number {
  const [hours = '0', rest = '0'] = (readClock(text) ?? '').split(':')
  return Number(hours) * 60 + Number(rest)
}

function clockOf(total: number): string {
  const pad = (part: number) => String(part).padStart(2, '0')
  return `${pad(Math.floor(total / 60))}:${pad(total % 60)}`
}
