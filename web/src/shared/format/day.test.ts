import { dayEnd, dayOf, dayStart } from './day'

test.each([
  ['2026-11-22', 'America/Sao_Paulo', '2026-11-22T03:00:00.000Z'],
  ['2026-11-22', 'Asia/Tokyo', '2026-11-21T15:00:00.000Z'],
  ['2026-03-29', 'Europe/Lisbon', '2026-03-29T00:00:00.000Z'],
  ['2026-03-30', 'Europe/Lisbon', '2026-03-29T23:00:00.000Z'],
  ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z'],
  ['2026-03-09', 'America/New_York', '2026-03-09T04:00:00.000Z'],
])('%s in %s begins at %s', (day, zone, at) => {
  expect(dayStart(day, zone).toISOString()).toBe(at)
})

test('a day ends when the next begins, also at the end of a month', () => {
  expect(dayEnd('2026-11-30', 'America/Sao_Paulo')).toEqual(
    dayStart('2026-12-01', 'America/Sao_Paulo'),
  )
})

test('a day reads by the clock of the organization', () => {
  const style = { locale: 'pt-BR', zone: 'America/Sao_Paulo' }
  expect(dayOf('2026-11-18T02:59:00Z', style)).toBe('17 de nov. de 2026')
})
