/** Something a test waits for, and opens when it wants. */
export function aGate() {
  let release: (() => void) | undefined
  const opened = new Promise<void>((resolve) => {
    release = resolve
  })
  return { opened, open: () => release?.() }
}
