import { levelOf } from './use-level'

test.each([
  [null, 5_000, 'free', 0],
  [10, 0, 'fine', 0],
  [10, 7, 'fine', 0.7],
  [10, 8, 'near', 0.8],
  [10, 10, 'full', 1],
  [10, 12, 'over', 1],
  [0, 0, 'full', 1],
] as const)('of %s, %d is %s', (allowed, used, level, share) => {
  expect(levelOf({ allowed, used, is_more: false })).toEqual({ level, share })
})
