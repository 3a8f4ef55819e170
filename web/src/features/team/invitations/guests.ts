import type { Invite, Role } from '../types'

/** A line of the form that invites. */
export interface Guest {
  key: string
  full_name: string
  email: string
  role: Role
}

let made = 0

export function aGuest(role: Role = 'agent', email = ''): Guest {
  made += 1
  return { key: `guest-${made}`, full_name: nameOf(email), email, role }
}

/** `maria.souza@padaria.example` → `Maria Souza`: a guess that spares typing, and can be changed. */
function nameOf(email: string): string {
  const words = (email.split('@')[0] ?? '')
    .split(/[._-]+/)
    .filter((word) => /^\p{L}{2,}$/u.test(word))
  return words.map((word) => word.charAt(0).toLocaleUpperCase() + word.slice(1)).join(' ')
}

/** Addresses in pasted text, each once, however they are separated. One address is no list. */
export function addressesIn(text: string): string[] {
  const found = text.match(/[^\s,;<>"']+@[^\s,;<>"']+\.[^\s,;<>"']+/g) ?? []
  const byLetters = new Map(found.map((address) => [address.toLowerCase(), address]))
  return byLetters.size > 1 ? [...byLetters.values()] : []
}

/** The pasted addresses take the place of the line they were pasted into. */
export function withPasted(guests: Guest[], key: string, addresses: string[]): Guest[] {
  const known = new Set(
    guests.filter((one) => one.key !== key).map(({ email }) => email.toLowerCase()),
  )
  return guests.flatMap((guest) => {
    if (guest.key !== key) return [guest]
    const pasted = addresses
      .filter((address) => !known.has(address.toLowerCase()))
      .map((address) => aGuest(guest.role, address))
    return pasted.length > 0 ? pasted : [guest]
  })
}

type Flaw = 'nameMissing' | 'emailMissing' | 'emailInvalid' | 'emailTwice'

/** What is missing or wrong, by the path of its field. */
export function flawsOf(guests: Guest[]): Record<string, Flaw> {
  const flaws: Record<string, Flaw> = {}
  const seen = new Set<string>()
  guests.forEach(({ full_name, email }, index) => {
    const address = email.trim().toLowerCase()
    if (full_name.trim() === '') flaws[`guests.${index}.full_name`] = 'nameMissing'
    if (address === '') flaws[`guests.${index}.email`] = 'emailMissing'
    else if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) {
      flaws[`guests.${index}.email`] = 'emailInvalid'
    } else if (seen.has(address)) flaws[`guests.${index}.email`] = 'emailTwice'
    seen.add(address)
  })
  return flaws
}

export function inviteOf({ full_name, email, role }: Guest): Invite {
  return { full_name: full_name.trim(), email: email.trim(), role }
}
