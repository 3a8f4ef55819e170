import { dayEnd, dayStart } from '@/shared/format/day'

/** What the address bar holds. Days are those of the organization's calendar. */
export interface AuditFilters {
  who?: string | undefined
  action?: string | undefined
  about?: string | undefined
  thing?: string | undefined
  since?: string | undefined
  until?: string | undefined
  /** The list begins at this row. */
  row?: number | undefined
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const ID = /^[0-9a-f-]{36}$/i
const WORD = /^[a-z_]+(\.[a-z_]+)?$/

/** Anything else in the address is not a filter. */
export function readFilters(search: Record<string, unknown>): AuditFilters {
  const { row } = search
  return {
    who: matching(search.who, ID),
    action: matching(search.action, WORD),
    about: matching(search.about, WORD),
    thing: matching(search.thing, ID),
    since: matching(search.since, DAY),
    until: matching(search.until, DAY),
    row: typeof row === 'number' && Number.isSafeInteger(row) && row > 0 ? row : undefined,
  }
}

/** The same as the server asks for it. */
export function asQuery(filters: AuditFilters, zone: string) {
  const { who, action, about, thing, since, until } = filters
  return {
    ...(who && { user_id: who }),
    ...(action && { action }),
    ...(about && { resource_type: about }),
    ...(thing && { resource_id: thing }),
    ...(since && { since: dayStart(since, zone).toISOString() }),
    ...(until && { until: dayEnd(until, zone).toISOString() }),
  }
}

export function isFiltered(filters: AuditFilters): boolean {
  return Object.values(filters).some((value) => value !== undefined)
}

function matching(value: unknown, pattern: RegExp): string | undefined {
  if (typeof value !== 'string' || !pattern.test(value)) return undefined
  return pattern === DAY && Number.isNaN(Date.parse(value)) ? undefined : value
}
