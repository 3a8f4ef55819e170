import { useTranslation } from 'react-i18next'
import { dayOf } from '@/shared/format/day'
import { formatPhone } from '@/shared/format/phone'
import { useTimeStyle } from '@/shared/format/use-time-style'
import type { Identities } from '../contact-api'
import classes from './details-pane.module.css'
import { Field } from './field'

interface KnownByProps {
  identities: Identities
}

/** What else somebody is or was known by, and whether they want to be advertised to. */
export function KnownBy({ identities }: KnownByProps) {
  const { t, i18n } = useTranslation()
  const { country, items } = identities
  const before = items.filter(({ state }) => state !== 'current')
  const phones = before.filter(({ kind }) => kind === 'wa_id' || kind === 'phone')
  const usernames = before.filter(({ kind }) => kind === 'username')
  const countries = new Intl.DisplayNames(i18n.language, { type: 'region', fallback: 'code' })

  return (
    <>
      {country && (
        <Field label={t('details.country')}>
          {countries.of(country)}
          <span className={classes.faint}>{t('details.hiddenPhone')}</span>
        </Field>
      )}
      {phones.length > 0 && (
        <Field label={t('details.formerPhone')}>
          {phones.map(({ value }) => (
            <span key={value}>{formatPhone(`+${value}`)}</span>
          ))}
        </Field>
      )}
      {usernames.length > 0 && (
        <Field label={t('details.usernameBefore')}>
          {usernames.map(({ value }) => (
            <span key={value}>@{value}</span>
          ))}
        </Field>
      )}
      <MarketingField marketing={identities.marketing} />
    </>
  )
}

function MarketingField({ marketing }: { marketing: Identities['marketing'] }) {
  const { t } = useTranslation()
  const style = useTimeStyle()
  if (marketing.wanted === null || marketing.since === null) return null
  const day = dayOf(marketing.since, style)

  return (
    <Field label={t('details.marketing')}>
      {marketing.wanted ? t('details.marketingOn', { day }) : t('details.marketingOff', { day })}
    </Field>
  )
}
