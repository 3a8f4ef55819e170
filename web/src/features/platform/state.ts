import type { Organization } from './types'

/** A deleted organization is deleted, whatever it was before. */
export function stateOf({ deleted_at, is_active }: Organization) {
  if (deleted_at !== null) return 'deleted'
  return is_active ? 'active' : 'suspended'
}
