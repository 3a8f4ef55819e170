import { asKind, appsOf, withApps, withText } from './code-button'
import type { ButtonContent } from '../types'

const APP = { package_name: 'com.example.app', signature_hash: 'K8a/AINcGX7' }

function oneTap(): ButtonContent {
  return withApps(asKind(undefined, 'ONE_TAP'), [APP])
}

test('a code that is filled in asks for an app', () => {
  expect(appsOf(asKind(undefined, 'ONE_TAP'))).toEqual([{ package_name: '', signature_hash: '' }])
})

test('what only another kind has stays behind, and what both have is kept', () => {
  const zeroTap = asKind(withText(oneTap(), 'autofill_text', 'Usar'), 'ZERO_TAP')
  expect(zeroTap.more).toEqual({
    otp_type: 'ZERO_TAP',
    supported_apps: [APP],
    autofill_text: 'Usar',
    zero_tap_terms_accepted: false,
  })
  expect(asKind(zeroTap, 'ONE_TAP').more).not.toHaveProperty('zero_tap_terms_accepted')
  expect(asKind(zeroTap, 'COPY_CODE')).toEqual({
    type: 'OTP',
    text: '',
    more: { otp_type: 'COPY_CODE' },
  })
})

test('words that were taken away are Meta’s again', () => {
  expect(withText(withText(oneTap(), 'autofill_text', 'Usar'), 'autofill_text', '').more).toEqual(
    oneTap().more,
  )
})
