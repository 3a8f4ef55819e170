import { bytes, length } from './sizes'

test.each([
  [0, '0 B'],
  [900, '900 B'],
  [23_180, '23 KB'],
  [1_258_291, '1,2 MB'],
  [3 * 1024 ** 3, '3 GB'],
])('%d bytes are %s', (size, said) => {
  expect(bytes(size, 'pt-BR')).toBe(said)
})

test.each([
  [0, '0:00'],
  [9.7, '0:09'],
  [75, '1:15'],
  [3600, '60:00'],
])('%d seconds are %s', (seconds, said) => {
  expect(length(seconds)).toBe(said)
})
