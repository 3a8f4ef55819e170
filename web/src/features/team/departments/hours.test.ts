import {
  dayName,
  flawOf,
  isOvernight,
  nextRange,
  readClock,
  readHours,
  repeated,
  stretches,
  usualWeek,
  writeHours,
} from './hours'

const shop = { since: '09:00', until: '18:00' }

test('a week without days is always open, and offers the usual hours to begin with', () => {
  const hours = readHours({})
  expect(hours.always).toBe(true)
  expect(hours.week.monday).toEqual([shop])
  expect(hours.week.sunday).toEqual([])
  expect(writeHours(hours)).toEqual({})
})

test('what is stored is read and written back alike, closed days left out', () => {
  const stored = { monday: [shop], saturday: [{ since: '22:00', until: '02:00' }] }
  const hours = readHours(stored)
  expect(hours.always).toBe(false)
  expect(hours.week.tuesday).toEqual([])
  expect(writeHours(hours)).toEqual(stored)
})

test.each([
  [[shop], undefined],
  [[{ since: '09:00', until: '' }], 'incomplete'],
  [[{ since: '25:00', until: '18:00' }], 'incomplete'],
  [[{ since: '09:00', until: '09:00' }], 'sameTime'],
  [[shop, { since: '17:59', until: '20:00' }], 'overlap'],
  [[shop, { since: '18:00', until: '20:00' }], undefined],
  [
    [
      { since: '13:00', until: '18:00' },
      { since: '08:00', until: '12:00' },
    ],
    undefined,
  ],
  [[{ since: '22:00', until: '02:00' }], undefined],
  [
    [
      { since: '20:00', until: '02:00' },
      { since: '23:00', until: '23:30' },
    ],
    'overlap',
  ],
])('of %j it says %s', (ranges, flaw) => {
  expect(flawOf(ranges)).toBe(flaw)
})

test('a second period begins an hour after the first, and never after the day', () => {
  expect(nextRange([])).toEqual(shop)
  expect(nextRange([{ since: '08:00', until: '12:00' }])).toEqual({
    since: '13:00',
    until: '17:00',
  })
  expect(nextRange([{ since: '20:00', until: '23:30' }])).toEqual({
    since: '22:00',
    until: '23:59',
  })
})

test('night ends on the next day', () => {
  expect(isOvernight({ since: '22:00', until: '02:00' })).toBe(true)
  expect(isOvernight(shop)).toBe(false)
  expect(isOvernight({ since: '22:00', until: '' })).toBe(false)
})

test('hours are repeated on open days only, and each day keeps its own', () => {
  const week = { ...usualWeek(), monday: [{ since: '08:00', until: '12:00' }] }
  const next = repeated(week, 'monday')
  expect(next.friday).toEqual(week.monday)
  expect(next.friday[0]).not.toBe(week.monday[0])
  expect(next.sunday).toEqual([])
})

test('days in a row with the same hours are told together', () => {
  const week = { ...usualWeek(), wednesday: [], saturday: [shop] }
  expect(stretches(week).map(({ from, to }) => `${from}-${to}`)).toEqual([
    'monday-tuesday',
    'thursday-saturday',
  ])
})

test('the week begins on Monday, in the language of the reader', () => {
  expect(dayName('monday', 'pt-BR')).toBe('segunda-feira')
  expect(dayName('sunday', 'en', 'short')).toBe('Sun')
})

test.each([
  ['9', '09:00'],
  ['09:00', '09:00'],
  ['930', '09:30'],
  ['1830', '18:30'],
  ['9h', '09:00'],
  ['9h30', '09:30'],
  [' 9:05 ', '09:05'],
  ['24', undefined],
  ['9:60', undefined],
  ['9:5', undefined],
  ['', undefined],
  ['cedo', undefined],
])('reads %j as %s', (text, clock) => {
  expect(readClock(text)).toBe(clock)
})

test('what was typed in a hurry is written as a time', () => {
  const week = { ...readHours({}).week, monday: [{ since: '8', until: '12h30' }] }
  expect(writeHours({ always: false, week }).monday).toEqual([{ since: '08:00', until: '12:30' }])
})
