const BRAZIL = /^55(\d{2})(\d{4,5})(\d{4})$/
const NORTH_AMERICA = /^1(\d{3})(\d{3})(\d{4})$/

/** `5511900000011` → `+55 11 90000-0011`. Numbers of other countries keep their digits together. */
export function formatPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  if (digits === '') return phone

  const brazil = BRAZIL.exec(digits)
  if (brazil) return `+55 ${group(brazil, 1)} ${group(brazil, 2)}-${group(brazil, 3)}`

  const america = NORTH_AMERICA.exec(digits)
  if (america) return `+1 ${group(america, 1)} ${group(america, 2)}-${group(america, 3)}`

  return `+${digits}`
}

function group(match: RegExpExecArray, index: number): string {
  return match[index] ?? ''
}
