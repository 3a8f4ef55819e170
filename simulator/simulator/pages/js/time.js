// How times and days are written.

import { locale, t } from './i18n.js'

const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' })
const seconds = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' })

export const timeOf = (at) => clock.format(at * 1000)
export const exactTimeOf = (at) => seconds.format(at * 1000)
export const dayKey = (at) => new Date(at * 1000).toDateString()

export function dayOf(at) {
  const key = dayKey(at)
  if (key === new Date().toDateString()) return t('today')
  if (key === new Date(Date.now() - 86_400_000).toDateString()) return t('yesterday')
  return day.format(at * 1000)
}
