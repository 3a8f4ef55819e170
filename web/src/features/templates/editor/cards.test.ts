import type { Issue } from '../types'
import {
  cardDraft,
  issuesOfCard,
  withCard,
  withCardButton,
  withKind,
  withNewCard,
  withoutCardButton,
} from './cards'
import { EMPTY, type Draft } from './draft'

const empty: Draft = { ...EMPTY, body_text: 'Veja:' }
const two: Draft = { ...empty, cards: withNewCard(empty) }

test('the first cards come in twos, and the next is made like the last', () => {
  expect(two.cards).toHaveLength(2)
  const buttoned = {
    ...two,
    cards: withCardButton({ ...two, cards: withKind(two, 'VIDEO') }, 'URL'),
  }
  const [, , third] = withNewCard(buttoned)
  expect(third).toMatchObject({ header_type: 'VIDEO', header_content: null, body_text: '' })
  expect(third?.buttons).toEqual([{ type: 'URL', text: '', more: {} }])
})

test('a card has variables of its own, as its words have them', () => {
  const cards = withCard(two, 1, { body_text: 'Bolo de {{1}} hoje' })
  expect(cards[0]?.variables).toEqual([])
  expect(cards[1]?.variables).toEqual([{ place: 'body', name: '1', example: '' }])
  expect(cards.map((card) => cardDraft(two, card).body_text)).toEqual(['', 'Bolo de {{1}} hoje'])
})

test('what comes late is put into what is there by then', () => {
  const cards = withCard(two, 0, (latest) => ({ header_content: `${latest.body_text}4::x` }))
  expect(cards[0]?.header_content).toBe('4::x')
})

test('kinds and buttons are the same on all cards', () => {
  const cards = withCardButton(two, 'QUICK_REPLY')
  expect(cards.map((card) => card.buttons?.length)).toEqual([1, 1])
  expect(withoutCardButton({ ...two, cards }, 0).map((card) => card.buttons)).toEqual([[], []])
  expect(withKind(two, 'VIDEO').map((card) => card.header_type)).toEqual(['VIDEO', 'VIDEO'])
})

test('what is wrong with a card is told at its own fields', () => {
  const issue = (path: string): Issue => ({ path, code: 'required', message: 'x', params: {} })
  const found = issuesOfCard([issue('cards.1.body_text'), issue('cards.0.buttons.1.url')], 0)
  expect(found.map(({ path }) => path)).toEqual(['buttons.1.url'])
})
