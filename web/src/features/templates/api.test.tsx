import { keysOfThreeTries } from '@/testing/tries'
import { useDuplicate, useSubmit } from './api'

test('a template whose answer was lost is asked for again, not a second one', async () => {
  const keys = await keysOfThreeTries(
    '/api/v1/templates/boas_vindas/duplicate',
    () => useDuplicate('boas_vindas'),
    { language: 'es' },
  )

  expect(keys[0]).toBeTruthy()
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[1])
})

test('and it is submitted once', async () => {
  const keys = await keysOfThreeTries(
    '/api/v1/templates/boas_vindas/submit',
    () => useSubmit('boas_vindas'),
    undefined,
  )

  expect(keys[0]).toBeTruthy()
  expect(keys[1]).toBe(keys[0])
})
