import type { ButtonContent } from '../types'

export const CODE_KINDS = ['COPY_CODE', 'ONE_TAP', 'ZERO_TAP'] as const
export type CodeKind = (typeof CODE_KINDS)[number]

/** An Android app that may receive the code. */
export interface App {
  package_name: string
  signature_hash: string
}

export const MOST_APPS = 5

export function kindOf(button: ButtonContent | undefined): CodeKind | null {
  return CODE_KINDS.find((one) => one === button?.more?.otp_type) ?? null
}

export function appsOf(button: ButtonContent | undefined): App[] {
  const apps = button?.more?.supported_apps
  if (!Array.isArray(apps)) return []
  return apps.map(({ package_name = '', signature_hash = '' }) => ({
    package_name,
    signature_hash,
  }))
}

export function textOf(button: ButtonContent | undefined, name: string): string {
  const value = button?.more?.[name]
  return typeof value === 'string' ? value : ''
}

/** The button of a code that arrives so. What only other kinds have is left behind: Meta would refuse it. */
export function asKind(button: ButtonContent | undefined, kind: CodeKind): ButtonContent {
  const more: ButtonContent['more'] = { otp_type: kind }
  if (kind !== 'COPY_CODE') {
    const apps = appsOf(button)
    more.supported_apps = (apps.length > 0 ? apps : [newApp()]).map((app) => ({ ...app }))
    const label = textOf(button, 'autofill_text')
    if (label) more.autofill_text = label
  }
  if (kind === 'ZERO_TAP') more.zero_tap_terms_accepted = hasAccepted(button)
  return { type: 'OTP', text: button?.text ?? '', more }
}

export function hasAccepted(button: ButtonContent | undefined): boolean {
  return button?.more?.zero_tap_terms_accepted === true
}

export function newApp(): App {
  return { package_name: '', signature_hash: '' }
}

export function withApps(button: ButtonContent, apps: readonly App[]): ButtonContent {
  return { ...button, more: { ...button.more, supported_apps: apps.map((app) => ({ ...app })) } }
}

/** Without words of our own Meta writes them, in the template's language. */
export function withText(button: ButtonContent, name: string, text: string): ButtonContent {
  const more = Object.entries({ ...button.more, [name]: text }).filter(([, value]) => value !== '')
  return { ...button, more: Object.fromEntries(more) }
}
