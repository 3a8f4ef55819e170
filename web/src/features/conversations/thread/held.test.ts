import { aMessage } from '@/testing/factories'
import { heldBack } from './held'

const held = (metadata: object, status = 'accepted') =>
  heldBack(aMessage({ status, metadata: { ...metadata } }))

test('what Meta holds is told until a status says more', () => {
  expect(held({ held: 'held_for_quality_assessment' })).toBe('quality')
  expect(held({ held: 'paused' })).toBe('paused')
  expect(held({ held: 'something_new' })).toBe('quality')
  for (const status of ['sent', 'failed', 'delivered'])
    expect(held({ held: 'paused' }, status)).toBeUndefined()
})

test('of other messages nothing is said', () => {
  expect(held({})).toBeUndefined()
  expect(held({ held: null })).toBeUndefined()
})
