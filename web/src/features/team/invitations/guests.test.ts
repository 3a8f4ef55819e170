import { addressesIn, aGuest, flawsOf, inviteOf, withPasted } from './guests'

test('one address is typed, several are a list', () => {
  expect(addressesIn('ana@padaria.example')).toEqual([])
  expect(
    addressesIn('Ana <ana@padaria.example>; bia.lima@padaria.example\nANA@padaria.example, x'),
  ).toEqual(['ANA@padaria.example', 'bia.lima@padaria.example'])
})

test('a pasted list takes the place of its line, with names guessed and nobody twice', () => {
  const first = { ...aGuest('viewer'), email: 'bia@padaria.example' }
  const second = aGuest('viewer')
  const guests = withPasted([first, second], second.key, [
    'BIA@padaria.example',
    'caio.reis@padaria.example',
    'x9@padaria.example',
  ])
  expect(guests.map(inviteOf)).toEqual([
    { full_name: '', email: 'bia@padaria.example', role: 'viewer' },
    { full_name: 'Caio Reis', email: 'caio.reis@padaria.example', role: 'viewer' },
    { full_name: '', email: 'x9@padaria.example', role: 'viewer' },
  ])
  expect(withPasted([first, second], second.key, ['bia@padaria.example'])).toEqual([first, second])
})

test('each mistake is named beside its field', () => {
  const ana = { ...aGuest(), full_name: 'Ana', email: ' ana@padaria.example ' }
  const guests = [
    ana,
    { ...aGuest(), full_name: ' ', email: 'ANA@padaria.example' },
    { ...aGuest(), full_name: 'Bia', email: 'bia@padaria' },
    aGuest(),
  ]
  expect(flawsOf(guests)).toEqual({
    'guests.1.full_name': 'nameMissing',
    'guests.1.email': 'emailTwice',
    'guests.2.email': 'emailInvalid',
    'guests.3.full_name': 'nameMissing',
    'guests.3.email': 'emailMissing',
  })
})
