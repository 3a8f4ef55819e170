import { useEffect, useState } from 'react'
import { useCan } from '@/shared/api/can'
import { useNow } from '@/shared/format/use-now'
import type { Conversation } from '../types'

/** Why nobody, or not this reader, can answer in a conversation. */
export type Obstacle = 'group' | 'viewer' | 'over' | 'number' | 'never' | 'window'

const OVER = ['resolved', 'closed']

/** What stands in the way of a free answer now; nothing when one can write. */
export function useObstacle(conversation: Conversation): Obstacle | undefined {
  const can = useCan()
  const isOpen = useIsWindowOpen(conversation.window_expires_at)
  if (conversation.contact.is_group) return 'group'
  if (!can('conversations.reply')) return 'viewer'
  if (OVER.includes(conversation.status)) return 'over'
  if (conversation.whatsapp_number === null) return 'number'
  if (conversation.window_expires_at === null) return 'never'
  return isOpen ? undefined : 'window'
}

/** To the second: nobody goes on writing into a window that has closed meanwhile. */
function useIsWindowOpen(expiresAt: string | null): boolean {
  const now = useNow()
  const expires = expiresAt === null ? 0 : Date.parse(expiresAt)
  const [passed, setPassed] = useState<number>()

  useEffect(() => {
    const timer = setTimeout(() => setPassed(expires), Math.max(0, expires - Date.now()))
    return () => clearTimeout(timer)
  }, [expires])
  return expires > now.getTime() && passed !== expires
}
