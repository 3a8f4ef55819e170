import { keysOfThreeTries } from '@/testing/tries'
import { useAcceptSuggestion, useUndoMerge } from './contact-api'

test('two contacts are merged once, although the answer was lost', async () => {
  const path = '/api/v1/contact-merge-suggestions/ana/accept'
  const keys = await keysOfThreeTries(path, useAcceptSuggestion, 'ana')

  expect(keys[0]).toBeTruthy()
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[1])
})

test('and told apart once', async () => {
  const keys = await keysOfThreeTries('/api/v1/contact-merges/ana/undo', useUndoMerge, 'ana')

  expect(keys[0]).toBeTruthy()
  expect(keys[1]).toBe(keys[0])
})
