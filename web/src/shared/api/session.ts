import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

const KEY = 'pytake.access-token'

interface Session {
  token: string | null
  /** The server ended it, not the person. */
  expired: boolean
}

/** The tab's access token. `sessionStorage` keeps it over a reload and loses it with the tab. */
export const session = createStore<Session>(() => ({
  token: sessionStorage.getItem(KEY),
  expired: false,
}))

export function openSession(token: string): void {
  sessionStorage.setItem(KEY, token)
  session.setState({ token, expired: false })
}

export function signOut(): void {
  end(false)
}

export function expireSession(): void {
  end(true)
}

function end(expired: boolean): void {
  sessionStorage.removeItem(KEY)
  session.setState({ token: null, expired })
}

export function useSessionToken(): string | null {
  return useStore(session, (state) => state.token)
}
