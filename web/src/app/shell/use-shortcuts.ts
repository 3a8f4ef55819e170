import { useEffect } from 'react'
import { toggleOverlay } from './overlays'

/** The keys that work everywhere. `?` is typed differently on each keyboard, so it is known by what it writes. */
export function useShortcuts(): void {
  useEffect(() => {
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

function onKey(event: KeyboardEvent): void {
  const withCommand = event.ctrlKey || event.metaKey
  if (withCommand && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
    event.preventDefault()
    toggleOverlay('palette')
  } else if (event.key === '?' && !withCommand && !isWriting(event.target)) {
    event.preventDefault()
    toggleOverlay('shortcuts')
  }
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  )
}
