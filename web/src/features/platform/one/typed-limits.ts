import { limits, type Limit, type Organization } from '../types'

type Limits = Organization['limits']

/** As a field holds it: a number, or what is no number (yet). */
export type TypedLimits = Record<Limit, number | string>

export function typedOf(allowed: Limits): TypedLimits {
  return {
    monthly_message_limit: allowed.monthly_message_limit ?? '',
    max_agents: allowed.max_agents ?? '',
    max_contacts: allowed.max_contacts ?? '',
    max_whatsapp_numbers: allowed.max_whatsapp_numbers ?? '',
    max_chatbots: allowed.max_chatbots ?? '',
    max_departments: allowed.max_departments ?? '',
  }
}

/** Only what was changed: the others may have been changed by somebody else meanwhile. */
export function changedLimits(before: Limits, typed: TypedLimits): Partial<Limits> {
  const changed: Partial<Limits> = {}
  for (const limit of limits) {
    const value = typed[limit]
    const allowed = value === '' ? null : Number(value)
    if (allowed !== before[limit]) changed[limit] = allowed
  }
  return changed
}
