import type { TFunction } from 'i18next'

const known = ['waiting_in_queue', 'open', 'pending', 'assigned', 'resolved', 'closed'] as const

export function statusLabel(t: TFunction, status: string): string {
  const found = known.find((one) => one === status)
  return found ? t(`status.${found}`) : status
}
