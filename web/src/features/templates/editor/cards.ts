import type { ButtonContent, ButtonType, Content, Issue } from '../types'
import { EMPTY, newButton, withVariables, type Draft } from './draft'
import { edited, type Edit } from './fields'

type Card = NonNullable<Content['cards']>[number]

export const MOST_CARDS = 10
export const MOST_CARD_BUTTONS = 2
const LEAST_CARDS = 2

/** What a person chooses for all cards at once: Meta wants them alike. */
export const CARD_KINDS = ['IMAGE', 'VIDEO'] as const
export const CARD_BUTTONS = [
  'QUICK_REPLY',
  'URL',
  'PHONE_NUMBER',
] as const satisfies readonly ButtonType[]

/** A card as the fields of a template have it. */
export function cardDraft(draft: Draft, card: Card): Draft {
  return {
    ...EMPTY,
    parameter_format: draft.parameter_format,
    header_type: card.header_type ?? null,
    header_content: card.header_content ?? null,
    body_text: card.body_text,
    buttons: card.buttons ?? [],
    variables: card.variables ?? [],
  }
}

/** Those of one card, under the names that its fields have by themselves. */
export function issuesOfCard(issues: readonly Issue[], at: number): Issue[] {
  const beginning = `cards.${at}.`
  return issues.flatMap((issue) =>
    issue.path.startsWith(beginning)
      ? [{ ...issue, path: issue.path.slice(beginning.length) }]
      : [],
  )
}

export function withCard(draft: Draft, at: number, changes: Edit): Card[] {
  return draft.cards.map((card, place) =>
    place === at ? cardOf(withVariables(edited(cardDraft(draft, card), changes))) : card,
  )
}

/** One more; the first come in twos. A new one is made like the last. */
export function withNewCard({ cards }: Draft): Card[] {
  const last = cards.at(-1)
  const fresh: Card = {
    header_type: last?.header_type ?? 'IMAGE',
    header_content: null,
    body_text: '',
    buttons: (last?.buttons ?? []).map(({ type, text }) => ({ ...newButton(type), text })),
    variables: [],
  }
  return last ? [...cards, fresh] : Array.from({ length: LEAST_CARDS }, () => fresh)
}

export function withKind({ cards }: Draft, kind: (typeof CARD_KINDS)[number]): Card[] {
  return cards.map((card) => ({ ...card, header_type: kind, header_content: null }))
}

export function withCardButton({ cards }: Draft, type: ButtonType): Card[] {
  return cards.map((card) => ({ ...card, buttons: [...(card.buttons ?? []), newButton(type)] }))
}

export function withoutCardButton({ cards }: Draft, at: number): Card[] {
  return cards.map((card) => ({
    ...card,
    buttons: (card.buttons ?? []).filter((_, place) => place !== at),
  }))
}

function cardOf({ header_type, header_content, body_text, buttons, variables }: Draft): Card {
  return { header_type, header_content, body_text, buttons, variables }
}

export function replacedAt(
  buttons: readonly ButtonContent[],
  at: number,
  next: ButtonContent,
): ButtonContent[] {
  return buttons.map((one, place) => (place === at ? next : one))
}
