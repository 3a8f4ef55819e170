/** The square of a picture that is kept: its middle in the picture's own pixels, and how near one looks. */
export interface Crop {
  x: number
  y: number
  /** 1 is the largest square that fits. */
  zoom: number
}

export interface Size {
  width: number
  height: number
}

export const NEAREST = 4

export function middleOf({ width, height }: Size): Crop {
  return { x: width / 2, y: height / 2, zoom: 1 }
}

/** The side of the square, in the picture's pixels. */
export function sideOf({ width, height }: Size, { zoom }: Crop): number {
  return Math.min(width, height) / zoom
}

/** As wanted, but never beyond an edge of the picture. */
export function within(picture: Size, wanted: Crop): Crop {
  const zoom = clamp(wanted.zoom, 1, NEAREST)
  const half = sideOf(picture, { ...wanted, zoom }) / 2
  return {
    x: clamp(wanted.x, half, picture.width - half),
    y: clamp(wanted.y, half, picture.height - half),
    zoom,
  }
}

/** The picture follows the finger: `dx` and `dy` are pixels of a frame that is `frame` pixels wide. */
export function dragged(picture: Size, crop: Crop, dx: number, dy: number, frame: number): Crop {
  const scale = sideOf(picture, crop) / frame
  return within(picture, { ...crop, x: crop.x - dx * scale, y: crop.y - dy * scale })
}

export function draw(
  canvas: HTMLCanvasElement,
  picture: CanvasImageSource & Size,
  crop: Crop,
): void {
  const pen = canvas.getContext('2d')
  if (!pen) return
  const side = sideOf(picture, crop)
  // A JPEG has no holes.
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.imageSmoothingQuality = 'high'
  const [left, top] = [crop.x - side / 2, crop.y - side / 2]
  pen.drawImage(picture, left, top, side, side, 0, 0, canvas.width, canvas.height)
}

const QUALITIES = [0.88, 0.8, 0.7, 0.55, 0.4]

/** How large a picture may be that is kept: pixels of its side, and bytes. */
export interface Kept {
  side: number
  most: number
}

/** A small JPEG of the square, drawn anew: nothing that the file said besides is in it. */
export async function cutOut(
  picture: CanvasImageSource & Size,
  crop: Crop,
  { side, most }: Kept,
): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = side
  canvas.height = side
  draw(canvas, picture, crop)
  for (const quality of QUALITIES) {
    const blob = await encoded(canvas, quality)
    if (blob.size <= most) return blob
  }
  throw new Error('a picture of this size always fits')
}

function encoded(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the canvas gave no picture'))),
      'image/jpeg',
      quality,
    )
  })
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
