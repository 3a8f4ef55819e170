import { countdown, dayKey, dayTitle, listTime, nearTime, shortCountdown } from './time'

const style = { locale: 'pt-BR', zone: 'America/Sao_Paulo' }
/** A Wednesday, 14:30 in São Paulo. */
const now = new Date('2026-11-18T17:30:00Z')

test.each([
  ['2026-11-18T17:29:40Z', 'agora'],
  ['2026-11-18T17:25:00Z', '5 min'],
  ['2026-11-18T11:05:00Z', '08:05'],
  ['2026-11-18T02:59:00Z', 'ontem'],
  ['2026-11-15T15:00:00Z', 'dom.'],
  ['2026-10-01T15:00:00Z', '01/10/2026'],
])('in a list, %s is %s', (at, read) => {
  expect(listTime(new Date(at), now, style)).toBe(read)
})

test('a clock slightly ahead of ours is still now', () => {
  expect(listTime(new Date('2026-11-18T17:30:04Z'), now, style)).toBe('agora')
})

test.each([
  ['2026-11-18T10:00:00Z', 'Hoje'],
  ['2026-11-18T01:00:00Z', 'Ontem'],
  ['2026-11-16T10:00:00Z', 'Segunda-feira'],
  ['2026-03-09T10:00:00Z', '9 de março'],
  ['2025-03-09T10:00:00Z', '9 de março de 2025'],
])('in a thread, %s is %s', (at, read) => {
  expect(dayTitle(new Date(at), now, style)).toBe(read)
})

test('a day ends at midnight of the organization, not of Greenwich', () => {
  expect(dayKey(new Date('2026-11-18T02:59:00Z'), style.zone)).toBe('2026-11-17')
  expect(dayKey(new Date('2026-11-18T03:00:00Z'), style.zone)).toBe('2026-11-18')
})

test.each([
  ['2026-11-18T20:05:00Z', 'hoje, 17:05'],
  ['2026-11-19T12:00:00Z', 'amanhã, 09:00'],
  ['2026-11-25T12:00:00Z', '25/11/2026, 09:00'],
])('a moment near now, %s is %s', (at, read) => {
  expect(nearTime(new Date(at), now, style)).toBe(read)
})

test('at a glance, hours are enough', () => {
  expect([76_440_000, 3_599_000].map(shortCountdown)).toEqual(['21 h', '59 min'])
})

test.each([
  [76_440_000, '21 h 14 min'],
  [3_660_000, '1 h 01 min'],
  [840_000, '14 min'],
  [42_000, '0:42'],
  [-5, '0:00'],
])('%d milliseconds are left as %s', (left, read) => {
  expect(countdown(left)).toBe(read)
})
