import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

const SIGNED_IN = 'pytake.signed-in'

interface Session {
  token: string | null
  /** The server ended it, not the person. */
  expired: boolean
}

/** The tab's access token, in memory only. What outlives the tab is a cookie that no script can read. */
export const session = createStore<Session>(() => ({ token: null, expired: false }))

export function openSession(token: string): void {
  localStorage.setItem(SIGNED_IN, '1')
  session.setState({ token, expired: false })
}

export function signOut(): void {
  if (session.getState().token !== null) {
    // Nobody waits for it: what counts here is that this page forgets.
    void fetch(sessionUrl('logout'), { method: 'POST', keepalive: true }).catch(() => undefined)
  }
  end(false)
}

/** Somebody else is about to sign in here: their cookie takes the place of the one before. */
export function forgetSession(): void {
  end(false)
}

export function expireSession(): void {
  end(true)
}

/** Whether somebody signed in with this browser and has not left: then asking for a token is worth it. */
export function mayResume(): boolean {
  return localStorage.getItem(SIGNED_IN) !== null
}

export function sessionUrl(what: 'refresh' | 'logout'): string {
  return `${globalThis.location.origin}/api/v1/auth/${what}`
}

function end(expired: boolean): void {
  localStorage.removeItem(SIGNED_IN)
  session.setState({ token: null, expired })
}

export function useSessionToken(): string | null {
  return useStore(session, (state) => state.token)
}
