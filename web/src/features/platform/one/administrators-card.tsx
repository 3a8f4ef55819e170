import { Button, Skeleton, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconMail } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { dayOf } from '@/shared/format/day'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { fieldErrors } from '@/shared/forms/field-errors'
import { focusFirst } from '@/shared/forms/focus-first'
import { SectionCard } from '@/shared/ui/section-card'
import { toastDone, toastFailed } from '@/shared/ui/toast'
import { administratorsQuery, invitationsQuery, useInvite } from '../api'
import type { Organization } from '../types'
import classes from '../platform.module.css'
import { stateOf } from '../state'

const FIELDS = { email_taken: 'email' }

/** Whom to write to about the organization, and how it gets its first administrator. */
export function AdministratorsCard({ organization }: { organization: Organization }) {
  const { t } = useTranslation()

  return (
    <SectionCard
      title={t('platform.administrators')}
      description={t('platform.administratorsText')}
    >
      <People id={organization.id} />
      {stateOf(organization) === 'active' && <InviteForm id={organization.id} />}
    </SectionCard>
  )
}

function People({ id }: { id: string }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const style = useTimeStyle()
  const administrators = useQuery(administratorsQuery(id))
  const invitations = useQuery(invitationsQuery(id))
  const error = administrators.error ?? invitations.error
  if (error) return <p className={classes.faint}>{errorText(error)}</p>
  if (!administrators.data || !invitations.data) return <Skeleton height={46} mb="lg" />

  const people = administrators.data.items
  const pending = invitations.data.items.filter(
    ({ status, role }) => status === 'pending' && role === 'org_admin',
  )
  if (people.length + pending.length === 0) {
    return <p className={classes.faint}>{t('platform.noAdministrators')}</p>
  }
  return (
    <ul className={classes.people}>
      {people.map(({ id: person, full_name, email, is_active, last_login_at }) => (
        <li key={person}>
          <span className={classes.name}>
            <strong>{full_name}</strong>
            <span>{email}</span>
          </span>
          <span className={classes.faint}>
            {!is_active
              ? t('platform.switchedOff')
              : last_login_at
                ? t('platform.lastIn', { day: dayOf(last_login_at, style) })
                : t('platform.neverIn')}
          </span>
        </li>
      ))}
      {pending.map(({ id: invitation, full_name, email, expires_at }) => (
        <li key={invitation}>
          <span className={classes.name}>
            <strong>{full_name}</strong>
            <span>{email}</span>
          </span>
          <span className={classes.faint}>
            {t('platform.invitedUntil', { day: dayOf(expires_at, style) })}
          </span>
        </li>
      ))}
    </ul>
  )
}

function InviteForm({ id }: { id: string }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const invite = useInvite(id)
  const form = useForm({
    initialValues: { full_name: '', email: '' },
    validate: {
      full_name: (name) => (name.trim() === '' ? t('flaws.missing') : null),
      email: (email) =>
        /^[^\s@]+@[^\s@]+$/.test(email.trim()) ? null : t('platform.emailInvalid'),
    },
  })

  function submit() {
    const { full_name, email } = form.values
    invite.mutate(
      { full_name: full_name.trim(), email: email.trim() },
      {
        onSuccess: (made) => {
          form.reset()
          toastDone(t('platform.invited', { email: made.email }))
        },
        onError: (error) => {
          const found = fieldErrors(error, FIELDS)
          form.setErrors(found)
          focusFirst(form, found)
          if (Object.keys(found).length === 0) toastFailed(errorText(error))
        },
      },
    )
  }

  return (
    <form noValidate onSubmit={form.onSubmit(submit, (wrong) => focusFirst(form, wrong))}>
      <div className={classes.fields}>
        <TextInput
          label={t('platform.personName')}
          autoComplete="off"
          maxLength={255}
          {...form.getInputProps('full_name')}
        />
        <TextInput
          type="email"
          label={t('platform.email')}
          autoComplete="off"
          maxLength={255}
          {...form.getInputProps('email')}
        />
      </div>
      <div className={classes.end}>
        <Button
          type="submit"
          variant="default"
          leftSection={<IconMail size={17} stroke={1.7} />}
          loading={invite.isPending}
        >
          {t('platform.invite')}
        </Button>
      </div>
    </form>
  )
}
