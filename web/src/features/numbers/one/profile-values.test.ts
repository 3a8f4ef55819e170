import { changesOf, valuesOf } from './profile-values'

const stored = valuesOf({
  about: 'Pães',
  address: null,
  description: null,
  email: 'a@padaria.example',
  websites: ['https://padaria.example'],
  vertical: null,
  picture_url: null,
})

test('what stays is not sent', () => {
  expect(changesOf(stored, stored)).toEqual({})
})

test('an emptied field is sent empty, and the websites go together', () => {
  const values = { ...stored, email: ' ', second: 'https://loja.example ' }

  expect(changesOf(values, stored)).toEqual({
    email: '',
    websites: ['https://padaria.example', 'https://loja.example'],
  })
})

test('the first website may leave while the second stays', () => {
  expect(changesOf({ ...stored, first: '', second: 'https://b.example' }, stored)).toEqual({
    websites: ['https://b.example'],
  })
})
