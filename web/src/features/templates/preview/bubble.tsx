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
  IconShoppingBag,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { safeUrl } from '@/shared/format/safe-url'
import { Markup } from '@/shared/markup/markup'
import { Deck } from '@/shared/ui/deck'
import type { Shown } from '../types'
import classes from './preview.module.css'

const MOST_SHOWN = 3

const PLACES: Record<string, Icon> = {
  IMAGE: IconPhoto,
  VIDEO: IconPlayerPlay,
  DOCUMENT: IconFileText,
  LOCATION: IconMapPin,
  PRODUCT: IconShoppingBag,
}

const BUTTONS: Record<string, Icon> = {
  QUICK_REPLY: IconArrowBackUp,
  URL: IconExternalLink,
  PHONE_NUMBER: IconPhone,
  VOICE_CALL: IconPhone,
  COPY_CODE: IconCopy,
  OTP: IconCopy,
  CATALOG: IconShoppingBag,
  MPM: IconShoppingBag,
  SPM: IconShoppingBag,
}

interface BubbleProps {
  shown: Shown
  /** Nothing in it can be reached: it is there to be recognized. */
  isPicture?: boolean
}

/** A template as it stands in the customer's chat. */
export function Bubble({ shown, isPicture = false }: BubbleProps) {
  const { t } = useTranslation()
  const { header, offer, body, footer, buttons, cards = [] } = shown

  return (
    <div className={classes.bubble}>
      <div className={classes.text}>
        {header && <Header header={header} />}
        {offer && <p className={classes.offer}>{offer.text}</p>}
        {body && <Markup text={body} />}
        {footer && <p className={classes.footer}>{footer}</p>}
        <span className={classes.time}>{t('templates.previewTime')}</span>
      </div>
      <Choices buttons={buttons} />
      {shown.asks_to_call && (
        <ul className={classes.buttons}>
          <li>
            <IconPhone size={15} stroke={1.8} aria-hidden="true" />
            {t('templates.asksToCall')}
          </li>
        </ul>
      )}
      <Deck {...(!isPicture && { label: t('templates.cards') })}>
        {cards.map((card, place) => (
          <div key={place} className={classes.card}>
            {card.header && <Header header={card.header} />}
            {card.body && <Markup text={card.body} />}
            <Choices buttons={card.buttons} />
          </div>
        ))}
      </Deck>
    </div>
  )
}

function Choices({ buttons }: { buttons: Shown['buttons'] }) {
  const { t } = useTranslation()
  if (buttons.length === 0) return null
  const folded = buttons.length > MOST_SHOWN
  const visible = folded ? buttons.slice(0, MOST_SHOWN - 1) : buttons

  return (
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
      <span>
        {header.filename ??
          header.name ??
          header.product_retailer_id ??
          t(`templates.${KIND[header.type]}`)}
      </span>
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
  PRODUCT: 'headerProduct',
} as const
