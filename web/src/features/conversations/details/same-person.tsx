import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCan } from '@/shared/api/can'
import { formatPhone } from '@/shared/format/phone'
import {
  useAcceptSuggestion,
  useDismissSuggestion,
  useSuggestions,
  useUndoMerge,
  type Identities,
  type Suggestion,
} from '../contact-api'
import classes from './same-person.module.css'

interface SamePersonProps {
  contactId: string
}

/** Contacts that may be this one: somebody has to say. */
export function SamePerson({ contactId }: SamePersonProps) {
  const can = useCan()
  const { data } = useSuggestions(contactId, can('contacts.merge'))

  return data?.items.map((suggestion) => (
    <Asked key={suggestion.id} contactId={contactId} suggestion={suggestion} />
  ))
}

function Asked({ contactId, suggestion }: SamePersonProps & { suggestion: Suggestion }) {
  const { t } = useTranslation()
  const accept = useAcceptSuggestion()
  const dismiss = useDismissSuggestion()
  const { one, other } = suggestion
  const asked = one.id === contactId ? other : one
  const phone = asked.phone && formatPhone(asked.phone)
  const name = [asked.name, phone].filter(Boolean).join(' · ') || t('conversations.unnamed')

  return (
    <section className={classes.asked} aria-label={t('details.samePerson')}>
      <h4>{t('details.samePerson')}</h4>
      <p>{t('details.samePersonText', { name })}</p>
      <div className={classes.answers}>
        <Button
          size="compact-sm"
          loading={accept.isPending}
          onClick={() => {
            accept.mutate(suggestion.id)
          }}
        >
          {t('details.merge')}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          loading={dismiss.isPending}
          onClick={() => {
            dismiss.mutate(suggestion.id)
          }}
        >
          {t('details.notSame')}
        </Button>
      </div>
      {(accept.isError || dismiss.isError) && <p role="alert">{t('details.mergeFailed')}</p>}
    </section>
  )
}

/** Whom this contact was merged with, and the way back. */
export function MergedWith({ merges }: { merges: Identities['merges'] }) {
  const { t } = useTranslation()
  const can = useCan()
  const undo = useUndoMerge()

  return merges.map(({ id, name, phone, can_undo: undoable }) => (
    <div key={id} className={classes.merged}>
      <span>
        {t('details.merged', {
          name: name ?? (phone ? formatPhone(phone) : t('conversations.unnamed')),
        })}
      </span>
      {undoable && can('contacts.merge') && (
        <Button
          size="compact-xs"
          variant="subtle"
          loading={undo.isPending}
          onClick={() => {
            undo.mutate(id)
          }}
        >
          {t('details.unmerge')}
        </Button>
      )}
      {undo.isError && <p role="alert">{t('details.mergeFailed')}</p>}
    </div>
  ))
}
