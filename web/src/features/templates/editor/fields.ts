import type { Issue } from '../types'
import type { Draft } from './draft'

/** What every part of the editor works on. */
export interface FieldsProps {
  draft: Draft
  issues: readonly Issue[]
  disabled: boolean
  onEdit: (changes: Partial<Draft>) => void
}
