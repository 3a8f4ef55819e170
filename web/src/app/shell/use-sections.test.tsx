import { IconMessages } from '@tabler/icons-react'
import type { Section } from './sections'
import { byGroup, inBar } from './use-sections'

function place(label: 'app.account' | 'app.save' | 'app.edit' | 'app.copy', over = {}): Section {
  return { to: '/', label, icon: IconMessages, group: 'settings', ...over }
}

test('the bar shows main places first and has room for three', () => {
  const [a, b, c, d] = [
    place('app.account'),
    place('app.save'),
    place('app.edit'),
    place('app.copy', { main: true }),
  ]
  expect(inBar([a, b, c, d])).toEqual([d, a, b])
  expect(inBar([a])).toEqual([a])
})

test('groups keep their order, and one without places is left out', () => {
  const ours = place('app.account', { group: 'platform' })
  const theirs = place('app.save', { group: 'support' })
  expect(byGroup([ours, theirs]).map(({ group }) => group)).toEqual(['support', 'platform'])
})
