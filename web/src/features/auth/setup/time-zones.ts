import { DEFAULT_ZONE } from '@/shared/api/current-user'

interface ZoneGroup {
  group: string
  items: { value: string; label: string }[]
}

const BRAZIL = [
  ...['Sao_Paulo', 'Bahia', 'Fortaleza', 'Recife', 'Belem', 'Maceio', 'Araguaina', 'Santarem'],
  ...['Manaus', 'Cuiaba', 'Campo_Grande', 'Porto_Velho', 'Boa_Vista', 'Rio_Branco', 'Eirunepe'],
  'Noronha',
].map((city) => `America/${city}`)

/** Every zone the browser knows, Brazil's first, each with how far it is from Greenwich now. */
export function zoneGroups(words: { brazil: string; world: string }, now: Date): ZoneGroup[] {
  const known = Intl.supportedValuesOf('timeZone')
  const group = (name: string, zones: readonly string[]) => ({
    group: name,
    items: zones.map((zone) => ({ value: zone, label: labelOf(zone, now) })),
  })
  return [
    group(words.brazil, BRAZIL),
    group(
      words.world,
      known.filter((zone) => zone.includes('/') && !BRAZIL.includes(zone)),
    ),
  ]
}

/** Where this browser says it is. */
export function ownZone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  return timeZone.includes('/') && !timeZone.startsWith('Etc/') ? timeZone : DEFAULT_ZONE
}

function labelOf(zone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' })
  const offset = parts.formatToParts(now).find((part) => part.type === 'timeZoneName')?.value ?? ''
  return `${zone.replaceAll('_', ' ')} (${offset})`
}
