import { dragged, middleOf, NEAREST, sideOf, within } from './crop'

const wide = { width: 400, height: 200 }

test('begins with the largest square, in the middle', () => {
  const crop = middleOf(wide)
  expect(crop).toEqual({ x: 200, y: 100, zoom: 1 })
  expect(sideOf(wide, crop)).toBe(200)
})

test('the picture follows the finger, and stops at its edges', () => {
  const crop = middleOf(wide)
  expect(dragged(wide, crop, 50, 30, 100)).toEqual({ x: 100, y: 100, zoom: 1 })
  expect(dragged(wide, crop, -500, 0, 100)).toEqual({ x: 300, y: 100, zoom: 1 })
})

test('near by, a finger moves less of the picture', () => {
  const near = { ...middleOf(wide), zoom: 2 }
  expect(dragged(wide, near, 10, 10, 100)).toEqual({ x: 190, y: 90, zoom: 2 })
})

test('looking from farther away brings the square back into the picture', () => {
  const corner = within(wide, { x: 0, y: 0, zoom: NEAREST })
  expect(corner).toEqual({ x: 25, y: 25, zoom: 4 })
  expect(within(wide, { ...corner, zoom: 1 })).toEqual({ x: 100, y: 100, zoom: 1 })
  expect(within(wide, { ...corner, zoom: 99 }).zoom).toBe(NEAREST)
})
