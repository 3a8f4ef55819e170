import { expect, test } from 'vitest'
import { EMPTY, moved, namesIn, nextName, withVariables, type Draft } from './draft'

test('each variable of a text is found once', () => {
  expect(namesIn('Oi {{1}}, {{ 2 }} e {{1}}')).toEqual(['1', '2'])
  expect(namesIn(null)).toEqual([])
})

test('samples follow their variables and leave with them', () => {
  const before: Draft = {
    ...EMPTY,
    header_type: 'TEXT',
    header_content: 'Pedido {{1}}',
    body_text: 'Oi {{1}}, até {{2}}.',
    variables: [
      { place: 'body', name: '1', example: 'Maria' },
      { place: 'body', name: '9', example: 'gone' },
    ],
  }

  expect(withVariables(before).variables).toEqual([
    { place: 'header', name: '1', example: '' },
    { place: 'body', name: '1', example: 'Maria' },
    { place: 'body', name: '2', example: '' },
  ])
})

test('the next variable has a name of its own', () => {
  expect(nextName({ ...EMPTY, body_text: '{{1}} {{2}}' })).toBe('3')
  expect(nextName({ ...EMPTY, body_text: '{{campo_1}}', parameter_format: 'NAMED' })).toBe(
    'campo_2',
  )
})

test('a button moves', () => {
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
})
