import { DEFAULT_ZONE } from '@/shared/api/current-user'

/** Where this browser says it is. */
export function ownZone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  return timeZone.includes('/') && !timeZone.startsWith('Etc/') ? timeZone : DEFAULT_ZONE
}
