import type { Issue } from '../types'
import type { Draft } from './draft'

/** What changes, or how it follows from what is there by then: a file may have been on its way meanwhile. */
export type Edit = Partial<Draft> | ((draft: Draft) => Partial<Draft>)

/** What every part of the editor works on. */
export interface FieldsProps {
  draft: Draft
  issues: readonly Issue[]
  disabled: boolean
  onEdit: (changes: Edit) => void
}

export function edited(draft: Draft, changes: Edit): Draft {
  return { ...draft, ...(typeof changes === 'function' ? changes(draft) : changes) }
}
