import { useCurrentUser } from './current-user'
import type { components } from './schema'

export type Permission = components['schemas']['Permission']

/** Whether the reader may: for leaving out what they may not. The server is the one who refuses. */
export function useCan(): (permission: Permission) => boolean {
  const user = useCurrentUser()
  return (permission) => user?.permissions.includes(permission) ?? false
}
