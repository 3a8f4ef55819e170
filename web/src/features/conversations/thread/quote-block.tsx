import { useTranslation } from 'react-i18next'
import classes from './bubble.module.css'
import { QuotedWords } from './quoted-words'
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
        <QuotedWords message={message} contactName={contactName} />
      ) : (
        t('message.quotedMissing')
      )}
    </button>
  )
}
