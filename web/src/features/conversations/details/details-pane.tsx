import { CloseButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatPhone } from '@/shared/format/phone'
import { PersonAvatar } from '@/shared/ui/person-avatar'
import { useConversation } from '../api'
import { useIdentities } from '../contact-api'
import { nameOf, titleOf, unnamed } from '../person'
import { statusLabel } from '../status-label'
import type { Conversation } from '../types'
import { CopyField } from './copy-field'
import classes from './details-pane.module.css'
import { Field } from './field'
import { FreeEntryCard } from './free-entry-card'
import { KnownBy } from './known-by'
import { MergedWith, SamePerson } from './same-person'
import { WindowCard } from './window-card'

interface DetailsPaneProps {
  conversationId: string
  onClose: () => void
}

export function DetailsPane({ conversationId, onClose }: DetailsPaneProps) {
  const { t } = useTranslation()
  const { data: conversation } = useConversation(conversationId)

  return (
    <div className={classes.pane}>
      <div className={classes.head}>
        <h2>{t('details.title')}</h2>
        <CloseButton aria-label={t('details.close')} onClick={onClose} />
      </div>
      {conversation && (
        <div className={classes.body}>
          <Person conversation={conversation} />
          {!conversation.contact.is_group && <AboutPerson conversation={conversation} />}
          <ConversationFields conversation={conversation} />
        </div>
      )}
    </div>
  )
}

interface PartProps {
  conversation: Conversation
}

function Person({ conversation: { contact } }: PartProps) {
  const { t } = useTranslation()
  const name = nameOf(contact)
  const secondName = contact.name && contact.whatsapp_name !== contact.name && contact.whatsapp_name

  return (
    <div className={classes.person}>
      <PersonAvatar name={name} seed={contact.id} group={contact.is_group} size={72} />
      <h3>{titleOf(contact) ?? t(unnamed(contact))}</h3>
      {secondName && <p>~ {secondName}</p>}
    </div>
  )
}

/** What a group has none of: nobody writes to it, and it is known by nothing else. */
function AboutPerson({ conversation }: PartProps) {
  return (
    <>
      <SamePerson contactId={conversation.contact.id} />
      <WindowCard conversation={conversation} />
      <FreeEntryCard conversation={conversation} />
      <ContactFields conversation={conversation} />
    </>
  )
}

function ContactFields({ conversation: { contact } }: PartProps) {
  const { t } = useTranslation()
  const { data: identities } = useIdentities(contact.id)
  return (
    <section className={classes.section}>
      <h4>{t('details.contact')}</h4>
      <dl>
        {contact.phone && (
          <CopyField label={t('details.phone')} value={formatPhone(contact.phone)} />
        )}
        {contact.username && (
          <CopyField label={t('details.username')} value={`@${contact.username}`} />
        )}
        {contact.whatsapp_name && (
          <Field label={t('details.whatsappName')}>{contact.whatsapp_name}</Field>
        )}
        {identities && <KnownBy identities={identities} />}
      </dl>
      {identities && <MergedWith merges={identities.merges} />}
    </section>
  )
}

function ConversationFields({ conversation }: PartProps) {
  const { t } = useTranslation()
  const { contact, whatsapp_number: number, is_bot_active: bot } = conversation

  return (
    <section className={classes.section}>
      <h4>{t('details.conversation')}</h4>
      <dl>
        <Field label={t('details.status')}>{statusLabel(t, conversation.status)}</Field>
        {!contact.is_group && (
          <Field label={t('details.bot')}>
            <span className={classes.state} data-on={bot || undefined}>
              {bot ? t('details.botOn') : t('details.botOff')}
            </span>
          </Field>
        )}
        {number && (
          <Field label={t('details.number')}>
            {number.display_name}
            <span className={classes.faint}>{formatPhone(number.phone_number)}</span>
          </Field>
        )}
        <Field label={t('details.messages')}>{conversation.message_count}</Field>
      </dl>
    </section>
  )
}
