const KEY = 'pytake.email'

let typed = ''

/** What was typed last on one of these pages, else what this browser was asked to remember. */
export function knownEmail(): string {
  return typed || (localStorage.getItem(KEY) ?? '')
}

/** Until the tab is closed: the page for a forgotten password begins with it. */
export function keepTyped(email: string): void {
  typed = email
}

export function remembersEmail(): boolean {
  return localStorage.getItem(KEY) !== null
}

export function rememberEmail(email: string, remember: boolean): void {
  typed = ''
  if (remember) localStorage.setItem(KEY, email)
  else localStorage.removeItem(KEY)
}
