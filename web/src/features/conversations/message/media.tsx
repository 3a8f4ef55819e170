import {
  IconFile,
  IconMicrophone,
  IconMusic,
  IconPhoto,
  IconSticker2,
  IconVideo,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { safeUrl } from '@/shared/format/safe-url'
import { readString, type Json } from '@/shared/json/read'
import classes from './content.module.css'
import { Markup } from './markup'

interface MediaProps {
  content: Json
}

interface FrameProps extends MediaProps {
  icon: Icon
  label: string
  small?: boolean
}

/** The place of a picture, with its size already taken, so that nothing moves when the file itself comes. */
function Frame({ content, icon: FrameIcon, label, small = false }: FrameProps) {
  const caption = readString(content, 'caption')

  return (
    <>
      <div className={classes.frame} data-small={small || undefined}>
        <FrameIcon size={30} stroke={1.4} aria-hidden="true" />
        <span>{label}</span>
        <OpenLink content={content} />
      </div>
      {caption && <Markup text={caption} />}
    </>
  )
}

export function Picture({ content }: MediaProps) {
  const { t } = useTranslation()
  return <Frame content={content} icon={IconPhoto} label={t('message.image')} />
}

export function Video({ content }: MediaProps) {
  const { t } = useTranslation()
  return <Frame content={content} icon={IconVideo} label={t('message.video')} />
}

export function Sticker({ content }: MediaProps) {
  const { t } = useTranslation()
  return <Frame small content={content} icon={IconSticker2} label={t('message.sticker')} />
}

/** Fixed heights: the shape of a voice, until the real one is drawn from the file. */
const WAVE = [5, 9, 14, 8, 17, 22, 12, 7, 15, 20, 24, 16, 9, 13, 19, 11, 6, 14, 21, 15, 8, 12, 7, 4]

export function Audio({ content }: MediaProps) {
  const { t } = useTranslation()
  const voice = content.voice === true
  const AudioIcon = voice ? IconMicrophone : IconMusic

  return (
    <div className={classes.audio}>
      <span className={classes.round}>
        <AudioIcon size={18} stroke={1.7} aria-hidden="true" />
      </span>
      <div>
        <div className={classes.wave} aria-hidden="true">
          {WAVE.map((height, index) => (
            <span key={index} style={{ height }} />
          ))}
        </div>
        <span className={classes.faint}>{voice ? t('message.voice') : t('message.audio')}</span>
        <OpenLink content={content} />
      </div>
    </div>
  )
}

export function Document({ content }: MediaProps) {
  const { t } = useTranslation()
  const filename = readString(content, 'filename')
  const caption = readString(content, 'caption')

  return (
    <>
      <div className={classes.file}>
        <span className={classes.round}>
          <IconFile size={18} stroke={1.6} aria-hidden="true" />
        </span>
        <div className={classes.fileText}>
          <strong>{filename ?? t('message.document')}</strong>
          <span className={classes.faint}>
            {fileKind(filename, readString(content, 'mime_type'))}
          </span>
        </div>
        <OpenLink content={content} />
      </div>
      {caption && <Markup text={caption} />}
    </>
  )
}

/** `cardapio.pdf` → `PDF`; without an extension, the second half of the media type. */
function fileKind(filename: string | undefined, mimeType: string | undefined): string {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(filename ?? '')?.[1]
  return (extension ?? mimeType?.split('/')[1] ?? '').toUpperCase()
}

function OpenLink({ content }: MediaProps) {
  const { t } = useTranslation()
  const href = safeUrl(readString(content, 'link'))
  if (!href) return null
  return (
    <a className={classes.link} href={href} target="_blank" rel="noopener noreferrer">
      {t('message.openFile')}
    </a>
  )
}
