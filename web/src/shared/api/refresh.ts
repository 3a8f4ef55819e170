import { isRecord, readString } from '@/shared/json/read'
import { mayResume, openSession, sessionUrl, signOut } from './session'

/** `later`: the server could not be asked, so nothing is known. */
type Outcome = 'renewed' | 'refused' | 'later'

let asking: Promise<Outcome> | undefined

/** A new access token for the cookie's refresh token. However many ask at a time, the server is asked once. */
export function refreshSession(): Promise<Outcome> {
  asking ??= oneTabAtATime(ask).finally(() => {
    asking = undefined
  })
  return asking
}

/** When the page is loaded: go on where an earlier tab left off. False while the server cannot say who is here. */
export async function resumeSession(): Promise<boolean> {
  if (!mayResume()) return true
  const outcome = await refreshSession()
  if (outcome === 'refused') signOut()
  return outcome !== 'later'
}

/** A refresh token is good once: a second tab must wait for the first one's successor. */
async function oneTabAtATime(work: () => Promise<Outcome>): Promise<Outcome> {
  // Browsers have locks for pages that came over TLS or from this machine, and cookies like ours no others.
  return 'locks' in navigator ? await navigator.locks.request('pytake.refresh', work) : await work()
}

async function ask(): Promise<Outcome> {
  try {
    const answer = await fetch(sessionUrl('refresh'), { method: 'POST' })
    if (answer.status === 401) return 'refused'
    const body: unknown = answer.ok ? await answer.json() : undefined
    const token = isRecord(body) ? readString(body, 'access_token') : undefined
    if (token === undefined) return 'later'
    openSession(token)
    return 'renewed'
  } catch {
    return 'later'
  }
}
