import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** What lies over every page; one at a time. */
export type Overlay = 'palette' | 'shortcuts'

const overlays = createStore<{ open: Overlay | undefined }>(() => ({ open: undefined }))

export function openOverlay(overlay: Overlay): void {
  overlays.setState({ open: overlay })
}

export function toggleOverlay(overlay: Overlay): void {
  overlays.setState(({ open }) => ({ open: open === overlay ? undefined : overlay }))
}

export function closeOverlay(): void {
  overlays.setState({ open: undefined })
}

export function useIsOpen(overlay: Overlay): boolean {
  return useStore(overlays, ({ open }) => open === overlay)
}
