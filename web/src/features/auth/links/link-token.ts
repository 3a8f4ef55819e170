import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** In memory only, by the page it is for: the address bar, the history and the disk must not keep it. */
const tokens = createStore<Record<string, string>>(() => ({}))

export function keepLinkToken(page: string, token: string): void {
  tokens.setState({ [page]: token })
}

/** What the address had behind `#` when this page was opened, if anything. */
export function useLinkToken(page: string): string | undefined {
  return useStore(tokens, (held) => held[page])
}
