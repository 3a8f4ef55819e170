import type { ButtonContent, ButtonType, Content, Template } from '../types'

/** The content of a template as the editor holds it: every field is there. */
export type Draft = Required<Content>

export const EMPTY: Draft = {
  parameter_format: 'POSITIONAL',
  header_type: null,
  header_content: null,
  body_text: '',
  footer_text: null,
  buttons: [],
  variables: [],
  add_security_recommendation: false,
  code_expiration_minutes: null,
  offer_text: null,
  offer_expires: false,
  asks_to_call: false,
  cards: [],
}

/** What the API reads of what it wrote: parts it does not know cannot be sent back. */
export function draftOf({ content }: Template): Draft {
  return {
    parameter_format: content.parameter_format,
    header_type: content.header_type,
    header_content: content.header_content,
    body_text: content.body_text,
    footer_text: content.footer_text,
    buttons: knownButtons(content.buttons),
    variables: content.variables.map(({ place, name, example }) => ({
      place,
      name,
      example,
    })),
    add_security_recommendation: content.add_security_recommendation,
    code_expiration_minutes: content.code_expiration_minutes,
    offer_text: content.offer_text,
    offer_expires: content.offer_expires,
    asks_to_call: content.asks_to_call,
    cards: content.cards.map((card) => ({ ...card, buttons: knownButtons(card.buttons) })),
  }
}

/** Products of a catalog, which only Meta's own pages and the API choose; here they are shown. */
export function isMadeElsewhere({ content }: Template): boolean {
  return [content, ...content.cards].some(({ header_type: type }) => type === 'PRODUCT')
}

function knownButtons(buttons: Template['content']['buttons']): ButtonContent[] {
  return buttons.flatMap((button) =>
    isKnown(button.type) ? [{ ...button, type: button.type, more: knownIn(button.more) }] : [],
  )
}

export const BUTTON_TYPES = [
  'QUICK_REPLY',
  'URL',
  'PHONE_NUMBER',
  'COPY_CODE',
  'FLOW',
  'VOICE_CALL',
  'CATALOG',
  'REQUEST_CONTACT_INFO',
] as const satisfies readonly ButtonType[]

const ALL_TYPES: readonly ButtonType[] = [...BUTTON_TYPES, 'OTP', 'MPM', 'SPM']

function isKnown(type: string): type is ButtonType {
  return ALL_TYPES.some((one) => one === type)
}

type More = NonNullable<ButtonContent['more']>

/** What only some kinds have, as far as it can be sent back. */
function knownIn(more: Record<string, unknown>): More {
  const known: More = {}
  for (const [name, value] of Object.entries(more)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      known[name] = value
    } else if (Array.isArray(value)) {
      known[name] = value.filter(isRecord).map(textsIn)
    }
  }
  return known
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textsIn(record: Record<string, unknown>): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [name, value] of Object.entries(record)) {
    if (typeof value === 'string') texts[name] = value
  }
  return texts
}

const MARK = /\{\{\s*([^{}]*?)\s*\}\}/g

/** The names of a text's variables, each once. */
export function namesIn(text: string | null): string[] {
  return [...new Set([...(text ?? '').matchAll(MARK)].map(([, name]) => name ?? ''))]
}

/** The draft with a sample for each variable that is in its texts, and for no other. */
export function withVariables(draft: Draft): Draft {
  const texts = {
    header: draft.header_type === 'TEXT' ? draft.header_content : null,
    body: draft.body_text,
  }
  const variables = (['header', 'body'] as const).flatMap((place) =>
    namesIn(texts[place]).map((name) => ({
      place,
      name,
      example:
        draft.variables.find((one) => one.place === place && one.name === name)?.example ?? '',
    })),
  )
  return { ...draft, variables }
}

/** What the next variable is called: the next number, or a name nobody has yet. */
export function nextName({ parameter_format, body_text }: Draft): string {
  const names = namesIn(body_text)
  let number = 1
  const name = () => (parameter_format === 'NAMED' ? `campo_${number}` : String(number))
  while (names.includes(name())) number += 1
  return name()
}

export function newButton(type: ButtonType): ButtonContent {
  return { type, text: '', more: {} }
}

/** The list with one thing at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list]
  const [thing] = next.splice(from, 1)
  if (thing !== undefined) next.splice(to, 0, thing)
  return next
}
