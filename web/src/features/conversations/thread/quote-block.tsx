import { useTranslation } from 'react-i18next'
import { previewText } from '../content'
import { listedKind } from '../marks'
import { OneLine } from '../one-line'
import { authorOf } from '../person'
import classes from './bubble.module.css'
import { senderOf } from './sender'
import type { Quote } from './timeline'

interface QuoteBlockProps {
  quote: Quote
  contactName: string
  onQuote: (whatsappId: string) => void
}

export function QuoteBlock({
  quote: { message, whatsappId },
  contactName,
  onQuote,
}: QuoteBlockProps) {
  const { t } = useTranslation()
  const sender = message && senderOf(message.sender_type)

  return (
    <button
      type="button"
      className={classes.quote}
      title={t('message.goToQuoted')}
      onClick={() => {
        onQuote(whatsappId)
      }}
    >
      {message ? (
        <>
          <strong>
            {message.direction === 'inbound' || !sender
              ? (authorOf(message) ?? contactName)
              : t(sender.label)}
          </strong>
          <OneLine type={listedKind(message)} text={previewText(message)} />
        </>
      ) : (
        t('message.quotedMissing')
      )}
    </button>
  )
}
