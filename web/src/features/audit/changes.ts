import { isRecord, readRecord, type Json } from '@/shared/json/read'
import type { AuditRow } from './api'

export interface Change {
  /** `limits.max_agents` for what lies inside. */
  field: string
  before: unknown
  after: unknown
}

/** What a row says was different, field by field. A side that says nothing is `undefined`. */
export function changesOf({ changes }: Pick<AuditRow, 'changes'>): Change[] {
  if (!isRecord(changes)) return []
  const before = flat(readRecord(changes, 'before') ?? {})
  const after = flat(readRecord(changes, 'after') ?? {})
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((field) => ({ field, before: before.get(field), after: after.get(field) }))
    .filter((each) => JSON.stringify(each.before) !== JSON.stringify(each.after))
}

/** Whether the row changed something that was there, and did not make or end it. */
export function isChange({ changes }: Pick<AuditRow, 'changes'>): boolean {
  return isRecord(changes) && isRecord(changes.before) && isRecord(changes.after)
}

function flat(values: Json, path = ''): Map<string, unknown> {
  return new Map(
    Object.entries(values).flatMap(([name, value]): [string, unknown][] =>
      isRecord(value) ? [...flat(value, `${path}${name}.`)] : [[`${path}${name}`, value]],
    ),
  )
}
