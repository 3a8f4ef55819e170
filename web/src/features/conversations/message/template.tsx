import {
  IconArrowBackUp,
  IconCopy,
  IconExternalLink,
  IconForms,
  IconGift,
  IconPhone,
  IconPhoneCheck,
  IconShoppingBag,
  IconTemplate,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { fullTime } from '@/shared/format/time'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { readRecord, readRecords, readString, type Json } from '@/shared/json/read'
import { Markup } from '@/shared/markup/markup'
import { Deck } from '@/shared/ui/deck'
import classes from './content.module.css'
import { Heading } from './heading'
import { OneTap } from './offer'

const ICONS: Record<string, Icon> = {
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

interface TemplateProps {
  content: Json
}

/** As the customer has it, where we know how it was shown; else its name and what was put into its blanks. */
export function Template({ content }: TemplateProps) {
  const { t } = useTranslation()
  const name = readString(content, 'name')
  const shown = readRecord(content, 'shown')
  const text = readString(content, 'text') ?? parameters(content).join(' · ')

  return (
    <>
      <div className={classes.tapped}>
        <IconTemplate size={16} stroke={1.8} aria-hidden="true" />
        <span className={classes.faint}>
          {name ? t('message.templateNamed', { name }) : t('message.template')}
        </span>
      </div>
      {shown ? <Shown shown={shown} /> : text && <Markup text={text} />}
    </>
  )
}

function Shown({ shown }: { shown: Json }) {
  const body = readString(shown, 'body')
  const footer = readString(shown, 'footer')
  const offer = readRecord(shown, 'offer')
  const { t } = useTranslation()

  return (
    <>
      <Heading header={readRecord(shown, 'header')} />
      {offer && <TimedOffer offer={offer} />}
      {body && <Markup text={body} />}
      {footer && <div className={classes.faint}>{footer}</div>}
      <TemplateButtons buttons={readRecords(shown, 'buttons')} />
      {shown.asks_to_call === true && (
        <div className={classes.choices}>
          <OneTap icon={IconPhoneCheck} label={t('message.askCall')} />
        </div>
      )}
      <Deck label={t('message.cards')}>
        {readRecords(shown, 'cards').map((card, place) => (
          <TemplateCard key={place} card={card} />
        ))}
      </Deck>
    </>
  )
}

function TemplateCard({ card }: { card: Json }) {
  const body = readString(card, 'body')
  return (
    <>
      <Heading header={readRecord(card, 'header')} />
      {body && <Markup text={body} />}
      <TemplateButtons buttons={readRecords(card, 'buttons')} />
    </>
  )
}

/** An offer, and until when it stands. */
function TimedOffer({ offer }: { offer: Json }) {
  const { t } = useTranslation()
  const style = useTimeStyle()
  const ends = Date.parse(readString(offer, 'expires_at') ?? '')
  return (
    <div className={classes.file}>
      <span className={classes.round}>
        <IconGift size={18} stroke={1.6} aria-hidden="true" />
      </span>
      <div className={classes.fileText}>
        <strong>{readString(offer, 'text')}</strong>
        {Number.isFinite(ends) && (
          <span className={classes.faint}>
            {t('message.offerEnds', { time: fullTime(new Date(ends), style) })}
          </span>
        )}
      </div>
    </div>
  )
}

function TemplateButtons({ buttons }: { buttons: Json[] }) {
  if (buttons.length === 0) return null
  return (
    <div className={classes.choices}>
      {buttons.map((button, place) => (
        <TemplateButton key={place} button={button} />
      ))}
    </div>
  )
}

function TemplateButton({ button }: { button: Json }) {
  const Sign = ICONS[readString(button, 'type') ?? ''] ?? IconForms
  const leadsTo =
    readString(button, 'url') ?? readString(button, 'phone_number') ?? readString(button, 'code')
  return (
    <span className={classes.choice} title={leadsTo}>
      <Sign size={16} stroke={1.8} aria-hidden="true" />
      {readString(button, 'text')}
    </span>
  )
}

/** What was put into the template's blanks. */
function parameters(content: Json): string[] {
  return readRecords(content, 'components')
    .flatMap((component) => readRecords(component, 'parameters'))
    .flatMap((parameter) => readString(parameter, 'text') ?? [])
}
