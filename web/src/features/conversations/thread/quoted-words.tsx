import { useTranslation } from 'react-i18next'
import { previewText } from '../content'
import { listedKind } from '../marks'
import { OneLine } from '../one-line'
import { authorOf } from '../person'
import type { Message } from '../types'
import { senderOf } from './sender'

interface QuotedWordsProps {
  message: Message
  contactName: string
}

/** A message that another one answers: who said it, and what, in one line. */
export function QuotedWords({ message, contactName }: QuotedWordsProps) {
  const { t } = useTranslation()
  const sender = senderOf(message.sender_type)
  return (
    <>
      <strong>
        {message.direction === 'inbound' || !sender
          ? (authorOf(message) ?? contactName)
          : t(sender.label)}
      </strong>
      <OneLine type={listedKind(message)} text={previewText(message)} />
    </>
  )
}
