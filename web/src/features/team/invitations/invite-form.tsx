import { Alert, Button, Group } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldErrors } from '@/shared/forms/field-errors'
import { toastDone } from '@/shared/ui/toast'
import { useInvite } from '../api/invitations'
import { limitOf, LimitNotice } from '../limit-notice'
import { Refusal } from '../refusal'
import { aGuest, addressesIn, flawsOf, inviteOf, withPasted, type Guest } from './guests'
import { GuestFields } from './guest-fields'
import classes from './invitations.module.css'
import { useSeatsLeft } from './use-seats-left'

interface Values {
  guests: Guest[]
}

/** What a refusal of one guest is about. */
const FIELD_OF = { email_taken: 'email', beyond_your_own: 'role' }

export function InviteForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const invite = useInvite()
  const seats = useSeatsLeft()
  const [sending, setSending] = useState(false)
  /** What stopped the rest from being sent. */
  const [refused, setRefused] = useState<unknown>(null)
  const [failures, setFailures] = useState(0)
  const form = useForm<Values>({
    initialValues: { guests: [aGuest()] },
    validate: (values) =>
      Object.fromEntries(
        Object.entries(flawsOf(values.guests)).map(([at, flaw]) => [at, t(`invitations.${flaw}`)]),
      ),
  })
  const { guests } = form.getValues()

  async function send(values: Values): Promise<void> {
    setSending(true)
    setRefused(null)
    setFailures(0)
    const outcome = await inviteEach(values.guests, (guest) => invite.mutateAsync(inviteOf(guest)))
    setSending(false)
    const sent = values.guests.length - outcome.left.length
    if (sent > 0) toastDone(t('invitations.sentDone', { count: sent }))
    if (outcome.left.length === 0) {
      onDone()
      return
    }
    form.setFieldValue('guests', outcome.left)
    form.setErrors(outcome.errors)
    setFailures(Object.keys(outcome.errors).length)
    setRefused(outcome.refused)
  }

  function paste(key: string, text: string): boolean {
    const addresses = addressesIn(text)
    if (addresses.length === 0) return false
    form.setFieldValue('guests', withPasted(guests, key, addresses))
    return true
  }

  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.onSubmit((values) => void send(values))}
    >
      <p className={classes.text}>{t('invitations.inviteText')}</p>
      {seats?.isFull && !limitOf(refused) && (
        <LimitNotice limit="max_agents" allowed={seats.allowed} used={seats.used} />
      )}
      <Refusal error={refused} />
      {guests.length > 1 && failures > 0 && Object.keys(form.errors).length > 0 && (
        <Alert role="alert" color="red">
          {t('invitations.someFailed', { count: failures })}
        </Alert>
      )}
      <div className={classes.rows}>
        {guests.map((guest, index) => (
          <GuestFields
            key={guest.key}
            form={form}
            index={index}
            isOnly={guests.length === 1}
            onPaste={(text) => paste(guest.key, text)}
          />
        ))}
      </div>
      <div className={classes.more}>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={15} />}
          onClick={() => form.insertListItem('guests', aGuest(guests.at(-1)?.role))}
        >
          {t('invitations.another')}
        </Button>
        <span className={classes.faint}>{t('invitations.pasteHint')}</span>
      </div>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onDone}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" loading={sending}>
          {t('invitations.send', { count: guests.length })}
        </Button>
      </Group>
    </form>
  )
}

interface Outcome {
  left: Guest[]
  errors: Record<string, string>
  refused: unknown
}

/** One after the other. What fails beside a field stays with its reason; anything else stops the rest. */
async function inviteEach(
  guests: Guest[],
  send: (guest: Guest) => Promise<unknown>,
): Promise<Outcome> {
  const outcome: Outcome = { left: [], errors: {}, refused: null }
  for (const guest of guests) {
    try {
      if (outcome.refused === null) await send(guest)
      else outcome.left.push(guest)
    } catch (error) {
      const flaws = Object.entries(fieldErrors(error, FIELD_OF))
      for (const [field, text] of flaws) {
        outcome.errors[`guests.${outcome.left.length}.${field}`] = text
      }
      if (flaws.length === 0) outcome.refused = error
      outcome.left.push(guest)
    }
  }
  return outcome
}
