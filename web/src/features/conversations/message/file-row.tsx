import type { Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { bytes } from '../media/sizes'
import classes from './content.module.css'

interface FileRowProps {
  icon: Icon
  name: string
  mimeType: string | undefined
  size: number | null | undefined
  language: string
  href: string | undefined
  downloads: boolean
}

/** A file with its name, its kind, its size, and the way to have it. */
export function FileRow(props: FileRowProps) {
  const { icon: FileIcon, name, mimeType, size, language, href, downloads } = props
  const { t } = useTranslation()
  const kind = fileKind(name, mimeType)

  return (
    <div className={classes.file}>
      <span className={classes.round}>
        <FileIcon size={18} stroke={1.6} aria-hidden="true" />
      </span>
      <div className={classes.fileText}>
        <strong title={name}>{name}</strong>
        <span className={classes.faint}>
          {[kind, size ? bytes(size, language) : ''].filter(Boolean).join(' · ')}
        </span>
      </div>
      {downloads ? (
        <a
          className={classes.link}
          href={href}
          download
          aria-label={t('media.downloadNamed', { name })}
        >
          {t('media.download')}
        </a>
      ) : (
        <OpenLink href={href} />
      )}
    </div>
  )
}

/** `cardapio.pdf` → `PDF`; without an extension, the second half of the media type. */
function fileKind(name: string, mimeType: string | undefined): string {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]
  return (extension ?? mimeType?.split(';')[0]?.split('/')[1] ?? '').toUpperCase()
}

export function OpenLink({ href }: { href: string | undefined }) {
  const { t } = useTranslation()
  if (!href) return null
  return (
    <a className={classes.link} href={href} target="_blank" rel="noopener noreferrer">
      {t('message.openFile')}
    </a>
  )
}
