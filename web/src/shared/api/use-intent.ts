import { useRef } from 'react'
import { requestKey } from './request-key'

interface Intent<Made> {
  wish: string
  key: string
  doing?: Promise<Made> | undefined
}

/**
 * What somebody means to be done once. The `Idempotency-Key` stays the same until it is done, or something else is
 * meant: sent again after a lost answer it is the same request, and a second click while it is under way none at all.
 */
export function useIntent<Given, Made>(
  send: (given: Given, key: string) => Promise<Made>,
): (given: Given) => Promise<Made> {
  const intent = useRef<Intent<Made>>(undefined)

  return (given) => {
    const wish = JSON.stringify({ given })
    const meant: Intent<Made> =
      intent.current?.wish === wish ? intent.current : { wish, key: requestKey() }
    intent.current = meant
    meant.doing ??= send(given, meant.key).then(
      (made) => {
        if (intent.current === meant) intent.current = undefined
        return made
      },
      (error: unknown) => {
        meant.doing = undefined
        throw error
      },
    )
    return meant.doing
  }
}

/** As the requests take it. */
export function once(key: string) {
  return { header: { 'Idempotency-Key': key } }
}
