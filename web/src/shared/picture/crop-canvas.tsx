import { useEffect, useRef } from 'react'
import { draw, type Crop } from './crop'

interface CropCanvasProps {
  picture: ImageBitmap
  crop: Crop
  /** Pixels of the drawing, not of the page. */
  size: number
}

/** Decoration: what it shows is named by what is around it. */
export function CropCanvas({ picture, crop, size }: CropCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)

  useEffect(() => {
    if (canvas.current) draw(canvas.current, picture, crop)
  }, [picture, crop])

  return <canvas ref={canvas} width={size} height={size} aria-hidden="true" />
}
