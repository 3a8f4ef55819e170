import { useEffect, useEffectEvent, useState } from 'react'

/** Whether files are being dragged over the page; let go of anywhere, they are handed over. */
export function useFileDrop(onFiles: (files: Iterable<File>) => void): boolean {
  const [isOver, setIsOver] = useState(false)
  const drop = useEffectEvent(onFiles)

  useEffect(() => {
    function onDrag(event: DragEvent): void {
      if (!hasFiles(event)) return
      event.preventDefault()
      setIsOver(true)
    }
    function onLeave(event: DragEvent): void {
      // Elsewhere than at the edge of the page one only goes from one element to the next.
      if (event.relatedTarget === null) setIsOver(false)
    }
    function onDrop(event: DragEvent): void {
      setIsOver(false)
      if (!hasFiles(event)) return
      event.preventDefault()
      drop(event.dataTransfer?.files ?? [])
    }
    document.addEventListener('dragover', onDrag)
    document.addEventListener('dragleave', onLeave)
    document.addEventListener('drop', onDrop)
    return () => {
      document.removeEventListener('dragover', onDrag)
      document.removeEventListener('dragleave', onLeave)
      document.removeEventListener('drop', onDrop)
    }
  }, [])
  return isOver
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false
}
