import type { TFunction } from 'i18next'

const known = ['org_admin', 'agent', 'viewer', 'super_admin'] as const

export function roleName(t: TFunction, role: string): string {
  const found = known.find((one) => one === role)
  return found ? t(`roles.${found}`) : role
}
