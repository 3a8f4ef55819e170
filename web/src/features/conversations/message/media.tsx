import {
  IconFile,
  IconMicrophone,
  IconMusic,
  IconPhoto,
  IconSticker2,
  IconVideo,
  type Icon,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { safeUrl } from '@/shared/format/safe-url'
import { readString } from '@/shared/json/read'
import { Lightbox } from '../media/lightbox'
import { useLinks } from '../media/links'
import classes from '../media/media.module.css'
import { Missing } from '../media/missing'
import { Player } from '../media/player'
import type { Message } from '../types'
import { FileRow, OpenLink } from './file-row'
import look from './content.module.css'
import { Markup } from '@/shared/markup/markup'

interface MediaProps {
  message: Message
}

interface FrameProps extends MediaProps {
  icon: Icon
  label: string
  small?: boolean
}

/** The place of a picture, with its size already taken, so that nothing moves when the file itself comes. */
function Frame({ message, icon: FrameIcon, label, small = false }: FrameProps) {
  return (
    <div className={look.frame} data-small={small || undefined}>
      <FrameIcon size={30} stroke={1.4} aria-hidden="true" />
      <span>{label}</span>
      <Missing message={message} />
      <OpenLink href={safeUrl(readString(message.content, 'link'))} />
    </div>
  )
}

function Caption({ message }: MediaProps) {
  const caption = readString(message.content, 'caption')
  return caption ? <Markup text={caption} /> : null
}

/** Here, but nothing that a page may show: it can be downloaded. */
function isOnlyBytes(message: Message): boolean {
  return message.media?.state === 'stored' && message.media.mime_type === 'application/octet-stream'
}

export function Picture({ message }: MediaProps) {
  const { t } = useTranslation()
  if (isOnlyBytes(message)) return <Document message={message} />
  return (
    <>
      <Photo
        message={message}
        label={readString(message.content, 'caption') ?? t('message.image')}
      />
      <Caption message={message} />
    </>
  )
}

function Photo({ message, label }: MediaProps & { label: string }) {
  const { t } = useTranslation()
  const { data: links, refetch } = useLinks(message)
  const [opened, setOpened] = useState(false)
  const src = links?.thumbnail_url ?? links?.url
  if (!links || !src) return <Frame message={message} icon={IconPhoto} label={t('message.image')} />
  const { width, height } = message.media ?? {}
  return (
    <>
      <button
        type="button"
        className={classes.opener}
        aria-label={t('media.open', { label })}
        onClick={() => {
          setOpened(true)
        }}
      >
        <img
          className={classes.picture}
          src={src}
          alt={label}
          loading="lazy"
          style={width && height ? { aspectRatio: `${width} / ${height}` } : undefined}
          onError={() => void refetch()}
        />
      </button>
      <Lightbox
        links={links}
        label={label}
        opened={opened}
        onClose={() => {
          setOpened(false)
        }}
      />
    </>
  )
}

export function Video({ message }: MediaProps) {
  const { t } = useTranslation()
  const { data: links } = useLinks(message)
  if (isOnlyBytes(message)) return <Document message={message} />
  return (
    <>
      {links?.url ? (
        <video
          className={classes.video}
          src={links.url}
          controls
          preload="metadata"
          aria-label={t('message.video')}
        />
      ) : (
        <Frame message={message} icon={IconVideo} label={t('message.video')} />
      )}
      <Caption message={message} />
    </>
  )
}

export function Sticker({ message }: MediaProps) {
  const { t } = useTranslation()
  const { data: links } = useLinks(message)
  if (isOnlyBytes(message)) return <Document message={message} />
  if (!links?.url)
    return <Frame small message={message} icon={IconSticker2} label={t('message.sticker')} />
  return (
    <img className={classes.sticker} src={links.url} alt={t('message.sticker')} loading="lazy" />
  )
}

export function Audio({ message }: MediaProps) {
  const { t } = useTranslation()
  const { data: links } = useLinks(message)
  const voice = message.content.voice === true
  const label = voice ? t('message.voice') : t('message.audio')
  if (isOnlyBytes(message)) return <Document message={message} />
  if (links?.url) return <Player src={links.url} label={label} />
  const AudioIcon = voice ? IconMicrophone : IconMusic
  return (
    <div className={look.audio}>
      <span className={look.round}>
        <AudioIcon size={18} stroke={1.7} aria-hidden="true" />
      </span>
      <div>
        <span className={look.faint}>{label}</span>
        <Missing message={message} />
        <OpenLink href={safeUrl(readString(message.content, 'link'))} />
      </div>
    </div>
  )
}

export function Document({ message }: MediaProps) {
  const { t, i18n } = useTranslation()
  const { data: links } = useLinks(message)
  return (
    <>
      <FileRow
        icon={IconFile}
        name={readString(message.content, 'filename') ?? t('message.document')}
        mimeType={readString(message.content, 'mime_type')}
        size={message.media?.size}
        language={i18n.language}
        href={links?.download_url ?? safeUrl(readString(message.content, 'link'))}
        downloads={Boolean(links)}
      />
      <Missing message={message} />
      <Caption message={message} />
    </>
  )
}
