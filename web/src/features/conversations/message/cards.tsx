import { IconArrowBackUp, IconExternalLink } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { readRecord, readRecords, readString, type Json } from '@/shared/json/read'
import { Markup } from '@/shared/markup/markup'
import { Deck } from '@/shared/ui/deck'
import classes from './content.module.css'
import { Heading } from './heading'
import { OneTap } from './offer'
import { Product } from './products'

export function Cards({ cards }: { cards: Json[] }) {
  const { t } = useTranslation()

  return (
    <Deck label={t('message.cards')}>
      {cards.map((card, place) => (
        <Card key={place} card={card} />
      ))}
    </Deck>
  )
}

function Card({ card }: { card: Json }) {
  const product = readRecord(card, 'product')
  const text = readString(card, 'text')
  const link = readRecord(card, 'url_button')
  if (product) return <Product product={product} />
  return (
    <>
      <Heading header={readRecord(card, 'header')} />
      {text && <Markup text={text} />}
      <div className={classes.choices}>
        {link && <OneTap icon={IconExternalLink} label={readString(link, 'title')} />}
        {readRecords(card, 'buttons').map((button, place) => (
          <OneTap key={place} icon={IconArrowBackUp} label={readString(button, 'title')} />
        ))}
      </div>
    </>
  )
}
