/** A text file for whoever asked for one. */
export function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

/** On a page of its own: what is behind the dialog is not printed. */
export function print(text: string): void {
  const frame = document.createElement('iframe')
  frame.hidden = true
  document.body.append(frame)
  const page = frame.contentDocument
  const view = frame.contentWindow
  if (!page || !view) return
  const paper = page.createElement('pre')
  paper.textContent = text
  page.body.append(paper)
  view.addEventListener('afterprint', () => frame.remove())
  view.print()
}
