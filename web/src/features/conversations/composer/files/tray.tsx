import { CloseButton } from '@mantine/core'
import { IconFile, IconMusic, IconPhoto, IconVideo, type Icon } from '@tabler/icons-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { bytes } from '../../media/sizes'
import type { Chosen } from './chosen'
import classes from './files.module.css'
import type { MediaKind } from './limits'

const SIGNS: Record<MediaKind, Icon> = {
  image: IconPhoto,
  video: IconVideo,
  audio: IconMusic,
  document: IconFile,
  sticker: IconPhoto,
}

interface TrayProps {
  files: Chosen[]
  onRemove: (id: string) => void
}

/** The files that will go with what is written. */
export function Tray({ files, onRemove }: TrayProps) {
  const { t } = useTranslation()
  if (files.length === 0) return null
  return (
    <ul className={classes.tray} aria-label={t('composer.files')}>
      {files.map((chosen) => (
        <Item key={chosen.id} chosen={chosen} onRemove={() => onRemove(chosen.id)} />
      ))}
    </ul>
  )
}

function Item({ chosen: { kind, file }, onRemove }: { chosen: Chosen; onRemove: () => void }) {
  const { t, i18n } = useTranslation()
  const picture = usePicture(file)
  const Sign = SIGNS[kind]
  return (
    <li className={classes.item}>
      <span className={classes.sign}>
        {kind === 'image' ? (
          <img ref={picture} alt="" />
        ) : (
          <Sign size={20} stroke={1.6} aria-hidden="true" />
        )}
      </span>
      <span className={classes.about}>
        <strong title={file.name}>{file.name}</strong>
        <span>{bytes(file.size, i18n.language)}</span>
      </span>
      <CloseButton aria-label={t('composer.removeFile', { name: file.name })} onClick={onRemove} />
    </li>
  )
}

/** Shows a file of the reader's own, and lets it go with the picture. */
function usePicture(file: File) {
  return useCallback(
    (image: HTMLImageElement | null) => {
      if (!image) return
      const url = URL.createObjectURL(file)
      image.src = url
      return () => URL.revokeObjectURL(url)
    },
    [file],
  )
}
