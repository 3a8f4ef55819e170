import {
  IconFileText,
  IconMapPin,
  IconPhoto,
  IconPlayerPlay,
  IconShoppingBag,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { safeUrl } from '@/shared/format/safe-url'
import { readString, type Json } from '@/shared/json/read'
import classes from './content.module.css'
import { OpenLink } from './file-row'

const LOOKS: Record<
  string,
  { icon: Icon; label: 'image' | 'video' | 'document' | 'location' | 'product' }
> = {
  image: { icon: IconPhoto, label: 'image' },
  video: { icon: IconPlayerPlay, label: 'video' },
  document: { icon: IconFileText, label: 'document' },
  location: { icon: IconMapPin, label: 'location' },
  product: { icon: IconShoppingBag, label: 'product' },
}

/** What stands above a message's words: a line, or a file or place that it was sent with. */
export function Heading({ header }: { header: Json | string | undefined }) {
  const { t } = useTranslation()
  if (header === undefined) return null
  const text = typeof header === 'string' ? header : readString(header, 'text')
  if (text || typeof header === 'string') {
    return text ? <strong className={classes.header}>{text}</strong> : null
  }
  const look = LOOKS[readString(header, 'type')?.toLowerCase() ?? '']
  if (!look) return null
  return (
    <div className={classes.file}>
      <span className={classes.round}>
        <look.icon size={18} stroke={1.6} aria-hidden="true" />
      </span>
      <div className={classes.fileText}>
        <strong>
          {readString(header, 'filename') ??
            readString(header, 'name') ??
            readString(header, 'product_retailer_id') ??
            t(`message.${look.label}`)}
        </strong>
        <span className={classes.faint}>{readString(header, 'address')}</span>
      </div>
      <OpenLink href={safeUrl(readString(header, 'link'))} />
    </div>
  )
}
