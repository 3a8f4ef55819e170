/** More than any phone shows, and far below what WhatsApp takes. */
const LONGEST_SIDE = 2560
const QUALITY = 0.88
/** Drawn, it would move no more. */
const MOVING = ['image/gif']

/** A picture that WhatsApp does not take as it is, in another format or smaller; nothing when it cannot be seen. */
export async function redraw(file: File): Promise<File | undefined> {
  if (!file.type.startsWith('image/') || MOVING.includes(file.type)) return undefined
  try {
    const picture = await createImageBitmap(file)
    const drawn = await draw(picture)
    picture.close()
    const name = file.name.replace(/\.[a-z0-9]+$/i, '')
    if (!drawn) return undefined
    return new File([drawn], `${name}.jpg`, { type: 'image/jpeg' })
  } catch {
    // Broken, or of a kind that this browser does not know either.
    return undefined
  }
}

function draw(picture: ImageBitmap): Promise<Blob | null> {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  const paper = canvas.getContext('2d')
  if (!paper) return Promise.resolve(null)
  // A photo has no holes.
  paper.fillStyle = '#fff'
  paper.fillRect(0, 0, canvas.width, canvas.height)
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
}
