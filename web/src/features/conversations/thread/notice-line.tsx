import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatPhone } from '@/shared/format/phone'
import { readString } from '@/shared/json/read'
import { authorOf } from '../person'
import type { Message } from '../types'
import classes from './message-list.module.css'

/** Something that happened in the thread without anybody saying it. */
export function NoticeLine({ message, contactName }: { message: Message; contactName: string }) {
  return (
    <p className={classes.notice}>
      <IconInfoCircle size={14} stroke={1.8} aria-hidden="true" />
      <Words message={message} name={contactName} />
    </p>
  )
}

/** What speaks of a message that is not here says so itself. */
function Words({ message, name: contactName }: { message: Message; name: string }) {
  const { t } = useTranslation()
  const { type, content, direction } = message
  const name = authorOf(message) ?? contactName
  const text = readString(content, 'text') ?? ''
  const who = direction === 'inbound' ? name : t('message.we')

  if (type === 'reaction') {
    const emoji = readString(content, 'emoji')
    return emoji
      ? t('message.reactedToMissing', { name: who, emoji })
      : t('message.unreactedToMissing', { name: who })
  }
  switch (readString(content, 'type')) {
    case 'edit':
      return t('message.editedMissing', { name: who, text })
    case 'revoke':
      return t('message.revokedMissing', { name: who })
    case 'request_welcome':
      return t('message.openedChat', { name })
    default: {
      const phone = readString(content, 'new_wa_id')
      return phone ? t('message.changedNumber', { name, phone: formatPhone(`+${phone}`) }) : text
    }
  }
}
