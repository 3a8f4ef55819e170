import { useCallback, useEffect, useRef, useState } from 'react'
import type { Message } from '../types'
import { show } from './anchor'

interface Older {
  hasOlder: boolean
  loadingOlder: boolean
  onOlder: () => void
}

interface Seek {
  /** A message is being looked for among the earlier ones. */
  seeking: boolean
  seek: (whatsappId: string) => void
}

/** Goes to a message, loading earlier ones until it is there, or there are no more. */
export function useSeek(messages: Message[], { hasOlder, loadingOlder, onOlder }: Older): Seek {
  const [asked, setAsked] = useState<{ whatsappId: string }>()
  const answered = useRef<typeof asked>(undefined)
  const found =
    asked && messages.find((message) => message.whatsapp_message_id === asked.whatsappId)

  useEffect(() => {
    if (!asked || answered.current === asked) return
    if (found || !hasOlder) answered.current = asked
    if (found) show(found)
    else if (hasOlder && !loadingOlder) onOlder()
  }, [asked, found, hasOlder, loadingOlder, onOlder])

  const seek = useCallback((whatsappId: string) => {
    setAsked({ whatsappId })
  }, [])
  return { seeking: asked !== undefined && !found && hasOlder, seek }
}
