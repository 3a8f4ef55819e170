import { readRecord, readString } from '@/shared/json/read'
import type { AuditRow } from './api'
import { changesOf, isChange } from './changes'
import { valueText, type Reading } from './value-text'
import { fieldWord, isDeed } from './words'

/** Who did it: `Ana Souza`, `A chave de API ERP`. */
export function whoOf(row: AuditRow, { t, names }: Reading): string {
  if (row.user_name !== null) return row.user_name
  // Their row is kept when people leave, so somebody without a name is of another organization.
  if (row.user_id !== null) return t('audit.who.platform')
  const key = readString(row.metadata, 'api_key_id')
  const name = key === undefined ? undefined : names[key]
  switch (row.metadata.actor) {
    case 'machine':
      return name === undefined ? t('audit.who.machineGone') : t('audit.who.machine', { name })
    case 'command':
      return t('audit.who.command')
    case 'customer':
      return t('audit.who.customer')
    case 'stranger':
      return t('audit.who.stranger')
    default:
      return t('audit.who.system')
  }
}

/** What it was done to, by the name it had then, if the row says it, or else by today's. */
export function whatOf(row: AuditRow, { names }: Reading): string | undefined {
  const today = row.resource_id === null ? undefined : names[row.resource_id]
  return said(row, 'name') ?? said(row, 'full_name') ?? today ?? said(row, 'email')
}

function said({ changes }: AuditRow, field: string): string | undefined {
  const sides = ['after', 'before'].map((side) => (changes ? readRecord(changes, side) : undefined))
  return sides.map((side) => side && readString(side, field)).find((text) => text !== undefined)
}

/** What was done, to follow the name of who did it: `mudou a função de Bruno de Atendente para Administrador`. */
export function didOf(row: AuditRow, reading: Reading): string {
  const { t } = reading
  const word = row.action.replace('.', '_')
  if (!isDeed(word)) return row.description ?? row.action
  const what = whatOf(row, reading) ?? (row.resource_type === 'user' ? t('audit.somebody') : '')
  const did = t(`audit.deeds.${word}`, {
    what,
    member: namedIn(row, 'user_id', reading) ?? t('audit.somebody'),
    number: namedIn(row, 'whatsapp_number_id', reading) ?? '',
  }).trim()
  return isChange(row) ? withChanges(row, did, what, reading) : did
}

function withChanges(row: AuditRow, did: string, what: string, reading: Reading): string {
  const changes = changesOf(row)
  const { t, style } = reading
  const [first, ...others] = changes
  if (!first) return did
  if (others.length > 0) {
    const fields = [...new Set(changes.map(({ field }) => fieldWord(t, field)))]
    return t('audit.changes', { did, fields: new Intl.ListFormat(style.locale).format(fields) })
  }
  const from = valueText(first.field, first.before, reading)
  const to = valueText(first.field, first.after, reading)
  switch (first.field) {
    case 'role':
      return t('audit.special.role', { what, from, to })
    case 'name':
    case 'full_name':
      return t('audit.special.renamed', { from, to })
    case 'is_active':
      if (row.resource_type !== 'user') break
      return t(first.after === true ? 'audit.special.switchedOn' : 'audit.special.switchedOff', {
        what,
      })
  }
  return t('audit.change', { did, field: fieldWord(t, first.field), from, to })
}

/** By today's name, as far as it is still there. */
function namedIn(row: AuditRow, field: string, { names }: Reading): string | undefined {
  const id = said(row, field)
  return id === undefined ? undefined : names[id]
}
