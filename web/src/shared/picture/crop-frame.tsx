import { useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { dragged, within, type Crop } from './crop'
import { CropCanvas } from './crop-canvas'
import classes from './crop.module.css'

interface CropFrameProps {
  picture: ImageBitmap
  crop: Crop
  onChange: (crop: Crop) => void
}

const FRAME = 280
const STEP = 12
const NEARER = 0.15

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
}
const ZOOMS: Readonly<Record<string, number>> = { '+': NEARER, '=': NEARER, '-': -NEARER }

/** The picture under a round window: a finger, a mouse or the keys move it. */
export function CropFrame({ picture, crop, onChange }: CropFrameProps) {
  const { t } = useTranslation()
  const [at, setAt] = useState<{ x: number; y: number }>()

  function drag(event: PointerEvent) {
    if (!at) return
    onChange(dragged(picture, crop, event.clientX - at.x, event.clientY - at.y, FRAME))
    setAt({ x: event.clientX, y: event.clientY })
  }

  function press(event: KeyboardEvent) {
    const move = MOVES[event.key]
    const zoom = ZOOMS[event.key]
    if (move) onChange(dragged(picture, crop, ...move, FRAME))
    else if (zoom) onChange(within(picture, { ...crop, zoom: crop.zoom + zoom }))
    else return
    event.preventDefault()
  }

  return (
    <div
      className={classes.frame}
      role="application"
      aria-label={t('picture.cropArea')}
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setAt({ x: event.clientX, y: event.clientY })
      }}
      onPointerMove={drag}
      onPointerUp={() => setAt(undefined)}
      onPointerCancel={() => setAt(undefined)}
      onWheel={(event) =>
        onChange(within(picture, { ...crop, zoom: crop.zoom - event.deltaY / 500 }))
      }
    >
      <CropCanvas picture={picture} crop={crop} size={FRAME * 2} />
    </div>
  )
}
