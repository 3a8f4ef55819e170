import { useTranslation } from 'react-i18next'
import { formatPhone } from '@/shared/format/phone'
import { readRecord, readRecords, readString, type Json } from '@/shared/json/read'
import { PersonAvatar } from '@/shared/ui/person-avatar'
import classes from './content.module.css'

export function Contacts({ content }: { content: Json }) {
  const { t } = useTranslation()
  const cards = readRecords(content, 'contacts')
  if (cards.length === 0) return <span className={classes.faint}>{t('message.contacts')}</span>

  return (
    <div className={classes.cards}>
      {cards.map((card, index) => (
        <ContactCard key={index} card={card} />
      ))}
    </div>
  )
}

function ContactCard({ card }: { card: Json }) {
  const { t } = useTranslation()
  const name = readString(readRecord(card, 'name') ?? {}, 'formatted_name')
  const company = readString(readRecord(card, 'org') ?? {}, 'company')
  const phones = readRecords(card, 'phones').flatMap((phone) => {
    const number = phoneOf(phone)
    return number === undefined ? [] : [number]
  })

  return (
    <div className={classes.file}>
      <PersonAvatar name={name ?? null} seed={name ?? phones[0] ?? ''} size={36} />
      <div className={classes.fileText}>
        <strong>{name ?? t('message.contacts')}</strong>
        {company && <span className={classes.faint}>{company}</span>}
        {phones.map((phone) => (
          <span key={phone} className={classes.faint}>
            {phone}
          </span>
        ))}
      </div>
    </div>
  )
}

/** As somebody's address book has it; only with a country's code is it clear how to write it. */
function phoneOf(card: Json): string | undefined {
  const written = readString(card, 'phone')
  const known = readString(card, 'wa_id')
  if (written?.trim().startsWith('+')) return formatPhone(written)
  return known ? formatPhone(known) : written
}
