import type { TFunction } from 'i18next'
import type { Language } from '@/shared/i18n/i18n'
import type { Invitee, NewOrganization, Plan } from '../types'

export interface NewOrganizationForm {
  name: string
  slug: string
  plan: Plan
  timezone: string
  locale: Language
  administratorName: string
  administratorEmail: string
}

export function emptyForm(timezone: string): NewOrganizationForm {
  return {
    name: '',
    slug: '',
    plan: 'free',
    timezone,
    locale: 'pt-BR',
    administratorName: '',
    administratorEmail: '',
  }
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/
const EMAIL = /^[^\s@]+@[^\s@]+$/

/** What can be told without asking the server. An administrator is named whole or not at all. */
export function missing(t: TFunction) {
  return (form: NewOrganizationForm) => {
    const name = form.administratorName.trim()
    const email = form.administratorEmail.trim()
    return {
      name: form.name.trim() === '' ? t('flaws.missing') : null,
      slug: SLUG.test(form.slug) ? null : t('platform.slugInvalid'),
      administratorName: email !== '' && name === '' ? t('flaws.missing') : null,
      administratorEmail:
        (name !== '' || email !== '') && !EMAIL.test(email) ? t('platform.emailInvalid') : null,
    }
  }
}

export function creationOf(form: NewOrganizationForm): {
  organization: NewOrganization
  administrator: Invitee | undefined
} {
  const { name, slug, plan, timezone, locale, administratorName, administratorEmail } = form
  const email = administratorEmail.trim()
  return {
    organization: { name: name.trim(), slug, plan_type: plan, timezone, locale },
    administrator: email === '' ? undefined : { email, full_name: administratorName.trim() },
  }
}
