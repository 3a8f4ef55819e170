import {
  IconArrowBackUp,
  IconCopy,
  IconExternalLink,
  IconFileText,
  IconForms,
  IconMapPin,
  IconPhone,
  IconPhoto,
  IconPlayerPlay,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { safeUrl } from '@/shared/format/safe-url'
import { Markup } from '@/shared/markup/markup'
import type { Shown } from '../types'
import classes from './preview.module.css'

const MOST_SHOWN = 3

const PLACES: Record<string, Icon> = {
  IMAGE: IconPhoto,
  VIDEO: IconPlayerPlay,
  DOCUMENT: IconFileText,
  LOCATION: IconMapPin,
}

const BUTTONS: Record<string, Icon> = {
  QUICK_REPLY: IconArrowBackUp,
  URL: IconExternalLink,
  PHONE_NUMBER: IconPhone,
  VOICE_CALL: IconPhone,
  COPY_CODE: IconCopy,
  OTP: IconCopy,
}

/** A template as it stands in the customer's chat. */
export function Bubble({ shown }: { shown: Shown }) {
  const { t } = useTranslation()
  const { header, body, footer, buttons } = shown
  const folded = buttons.length > MOST_SHOWN
  const visible = folded ? buttons.slice(0, MOST_SHOWN - 1) : buttons

  return (
    <div className={classes.bubble}>
      <div className={classes.text}>
        {header && <Header header={header} />}
        {body && <Markup text={body} />}
        {footer && <p className={classes.footer}>{footer}</p>}
        <span className={classes.time}>{t('templates.previewTime')}</span>
      </div>
      {buttons.length > 0 && (
        <ul className={classes.buttons}>
          {visible.map((button, place) => {
            const Symbol = BUTTONS[button.type] ?? IconForms
            return (
              <li key={place} title={button.url ?? button.phone_number ?? button.code ?? undefined}>
                <Symbol size={15} stroke={1.8} aria-hidden="true" />
                {button.text || t('templates.buttonText')}
              </li>
            )
          })}
          {folded && <li>{t('templates.seeAll')}</li>}
        </ul>
      )}
    </div>
  )
}

function Header({ header }: { header: NonNullable<Shown['header']> }) {
  const { t } = useTranslation()
  if (header.type === 'TEXT') {
    return header.text ? <p className={classes.title}>{header.text}</p> : null
  }
  const Symbol = PLACES[header.type] ?? IconPhoto
  const link = header.type === 'IMAGE' && header.link ? safeUrl(header.link) : undefined
  return (
    <div className={classes.media}>
      <Symbol size={30} stroke={1.4} aria-hidden="true" />
      <span>{header.filename ?? header.name ?? t(`templates.${KIND[header.type]}`)}</span>
      {link && <span className={classes.link}>{link}</span>}
    </div>
  )
}

const KIND = {
  TEXT: 'headerText',
  IMAGE: 'headerImage',
  VIDEO: 'headerVideo',
  DOCUMENT: 'headerDocument',
  LOCATION: 'headerLocation',
} as const
