import { ApiError } from '@/shared/api/errors'
import { errorText } from '@/shared/api/use-error-text'
import { i18n } from '@/shared/i18n/i18n'
import { ptBR, type Translation } from '@/shared/i18n/pt-br'
import { readRecord, readRecords, readString } from '@/shared/json/read'

type Flaw = keyof Translation['flaws']

/**
 * What the server finds wrong, by field, for a form's `setErrors`. `fieldOf` says which field a refusal of
 * another kind is about: `{ slug_taken: 'slug' }`. Without any the error belongs above the form.
 */
export function fieldErrors(
  error: unknown,
  fieldOf: Readonly<Record<string, string>> = {},
): Record<string, string> {
  if (!(error instanceof ApiError)) return {}
  const field = fieldOf[error.code]
  if (field !== undefined) return { [field]: errorText(error, i18n.t) }

  const found: Record<string, string> = {}
  for (const flaw of readRecords(error.details, 'fields')) {
    const at = readString(flaw, 'field')
    if (at !== undefined) found[inForm(at)] ??= sentence(flaw)
  }
  return found
}

/** `body.limits.max_agents` → `limits.max_agents`. */
function inForm(field: string): string {
  return field.replace(/^(body|query|path)\./, '')
}

function sentence(flaw: Record<string, unknown>): string {
  const code = readString(flaw, 'code') ?? ''
  const allowed = readRecord(flaw, 'allowed') ?? {}
  return i18n.t(`flaws.${knows(code) ? code : 'invalid'}`, allowed)
}

function knows(code: string): code is Flaw {
  return Object.hasOwn(ptBR.flaws, code)
}
