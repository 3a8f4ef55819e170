/** Reading JSON whose shape only the sender knows: every reader answers `undefined` for anything unexpected. */

export type Json = Record<string, unknown>

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function readRecord(from: Json, key: string): Json | undefined {
  const value = from[key]
  return isRecord(value) ? value : undefined
}

/** Blank text counts as absent. */
export function readString(from: Json, key: string): string | undefined {
  const value = from[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function readNumber(from: Json, key: string): number | undefined {
  const value = from[key]
  if (typeof value === 'string' && value.trim() !== '') return finite(Number(value))
  return typeof value === 'number' ? finite(value) : undefined
}

export function readRecords(from: Json, key: string): Json[] {
  const value = from[key]
  return Array.isArray(value) ? value.filter(isRecord) : []
}

export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined
}
