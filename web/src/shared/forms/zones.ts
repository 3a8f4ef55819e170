export interface ZoneOption {
  value: string
  label: string
}

/** Named as Brazilians say them; the world's list knows only cities without accents. */
const BRAZIL: Readonly<Record<string, string>> = {
  'America/Sao_Paulo': 'Brasília, São Paulo, Rio de Janeiro',
  'America/Bahia': 'Salvador',
  'America/Fortaleza': 'Fortaleza, Natal, Teresina, São Luís',
  'America/Recife': 'Recife, João Pessoa',
  'America/Maceio': 'Maceió, Aracaju',
  'America/Belem': 'Belém, Macapá',
  'America/Araguaina': 'Palmas, Araguaína',
  'America/Santarem': 'Santarém',
  'America/Manaus': 'Manaus',
  'America/Cuiaba': 'Cuiabá',
  'America/Campo_Grande': 'Campo Grande',
  'America/Porto_Velho': 'Porto Velho',
  'America/Boa_Vista': 'Boa Vista',
  'America/Rio_Branco': 'Rio Branco',
  'America/Eirunepe': 'Eirunepé',
  'America/Noronha': 'Fernando de Noronha',
}

/** Every time zone there is, with its distance from Greenwich now. `chosen` is one of them, known or not. */
export function zoneOptions(chosen: string, now: Date, locale: string) {
  const all = new Set([chosen, ...Intl.supportedValuesOf('timeZone')])
  const world = [...all].filter((zone) => !(zone in BRAZIL)).sort()
  return {
    brazil: Object.entries(BRAZIL).map(([zone, cities]) => option(zone, cities, now, locale)),
    world: world.map((zone) => option(zone, cityOf(zone), now, locale)),
  }
}

/** Whether somebody who typed `wanted` may mean it: accents, case and underscores do not matter. */
export function isMeant({ value, label }: ZoneOption, wanted: string): boolean {
  return plain(`${label} ${value}`).includes(plain(wanted.trim()))
}

function option(zone: string, name: string, now: Date, locale: string): ZoneOption {
  return { value: zone, label: `${name} (${offsetOf(zone, now, locale)})` }
}

/** `America/Argentina/Buenos_Aires` → `Buenos Aires, America/Argentina`. */
function cityOf(zone: string): string {
  const parts = zone.replaceAll('_', ' ').split('/')
  const city = parts.pop() ?? zone
  return parts.length > 0 ? `${city}, ${parts.join('/')}` : city
}

function offsetOf(zone: string, now: Date, locale: string): string {
  const options = { timeZone: zone, timeZoneName: 'shortOffset' } as const
  const parts = new Intl.DateTimeFormat(locale, options).formatToParts(now)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
}

function plain(text: string): string {
  return text.replaceAll('_', ' ').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
