import { useTranslation } from 'react-i18next'
import { previewText } from '../content'
import { OneLine } from '../one-line'
import { anchorOf } from './anchor'
import classes from './bubble.module.css'
import { senderOf } from './sender'
import type { Quote } from './timeline'

interface QuoteBlockProps {
  quote: Quote
  contactName: string
}

export function QuoteBlock({ quote: { message }, contactName }: QuoteBlockProps) {
  const { t } = useTranslation()
  if (!message) return <div className={classes.quote}>{t('message.quotedMissing')}</div>
  const sender = senderOf(message.sender_type)

  return (
    <button
      type="button"
      className={classes.quote}
      title={t('message.goToQuoted')}
      onClick={() => {
        const target = document.getElementById(anchorOf(message))
        target?.scrollIntoView({ block: 'center', behavior: 'smooth' })
        target?.animate({ opacity: [1, 0.35, 1] }, { duration: 900 })
      }}
    >
      <strong>{message.direction === 'inbound' || !sender ? contactName : t(sender.label)}</strong>
      <OneLine type={message.type} text={previewText(message)} />
    </button>
  )
}
