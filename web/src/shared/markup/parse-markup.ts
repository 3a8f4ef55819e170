import { safeUrl } from '@/shared/format/safe-url'

export type Inline =
  | { kind: 'text' | 'code'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'bold' | 'italic' | 'strike'; children: Inline[] }

export type Block =
  | { kind: 'lines' | 'quote' | 'bullet'; children: Inline[] }
  | { kind: 'numbered'; number: string; children: Inline[] }
  | { kind: 'pre'; text: string }

const FENCE = /```\n?([\s\S]+?)\n?```/

/**
 * WhatsApp's own marks, which are not Markdown: `*bold*`, `_italic_`, `~strike~`, `` `code` ``, fences, lists, quotes.
 * The result is data, never HTML.
 */
export function parseMarkup(text: string): Block[] {
  const fence = FENCE.exec(text)
  if (!fence) return parseLines(text)
  return [
    ...parseLines(text.slice(0, fence.index).replace(/\n$/, '')),
    { kind: 'pre', text: fence[1] ?? '' },
    ...parseMarkup(text.slice(fence.index + fence[0].length).replace(/^\n/, '')),
  ]
}

function parseLines(text: string): Block[] {
  const blocks: Block[] = []
  let plain: string[] = []

  function endPlain(): void {
    if (plain.some((line) => line !== '')) {
      blocks.push({ kind: 'lines', children: parseInline(plain.join('\n')) })
    }
    plain = []
  }

  for (const line of text.split('\n')) {
    const block = parseBlock(line)
    if (block) {
      endPlain()
      blocks.push(block)
    } else plain.push(line)
  }
  endPlain()
  return blocks
}

function parseBlock(line: string): Block | undefined {
  const quote = /^> ?(.+)$/.exec(line)
  if (quote) return { kind: 'quote', children: parseInline(quote[1] ?? '') }
  const bullet = /^[*-] (.+)$/.exec(line)
  if (bullet) return { kind: 'bullet', children: parseInline(bullet[1] ?? '') }
  const numbered = /^(\d{1,3})\. (.+)$/.exec(line)
  if (numbered) {
    return { kind: 'numbered', number: numbered[1] ?? '', children: parseInline(numbered[2] ?? '') }
  }
  return undefined
}

/** A mark counts only against a word's outer side: `2*3*4` and `snake_case_name` stay as they are. */
const MARK =
  /`(?<code>[^`\n]+)`|(?<link>(?:https?:\/\/|www\.)[^\s<>]+)|(?<![\p{L}\p{N}])(?<mark>[*_~])(?=\S)(?<inner>[^\n]+?)(?<=\S)\k<mark>(?![\p{L}\p{N}])/u

const KINDS: Record<string, 'bold' | 'italic' | 'strike'> = {
  '*': 'bold',
  _: 'italic',
  '~': 'strike',
}

export function parseInline(text: string): Inline[] {
  const found: Inline[] = []
  let rest = text
  for (let match = MARK.exec(rest); match; match = MARK.exec(rest)) {
    const { node, length } = toInline(match)
    if (match.index > 0) found.push({ kind: 'text', text: rest.slice(0, match.index) })
    found.push(node)
    rest = rest.slice(match.index + length)
  }
  if (rest !== '') found.push({ kind: 'text', text: rest })
  return found
}

function toInline(match: RegExpExecArray): { node: Inline; length: number } {
  const { code, link, mark, inner } = match.groups ?? {}
  if (code !== undefined) return { node: { kind: 'code', text: code }, length: match[0].length }
  if (link !== undefined) return toLink(link)
  const kind = KINDS[mark ?? ''] ?? 'bold'
  return { node: { kind, children: parseInline(inner ?? '') }, length: match[0].length }
}

function toLink(raw: string): { node: Inline; length: number } {
  const text = withoutTail(raw)
  const href = safeUrl(text.startsWith('www.') ? `https://${text}` : text)
  return { node: href ? { kind: 'link', text, href } : { kind: 'text', text }, length: text.length }
}

/** The stop at the end of a sentence, and the mark that closes around a link, are not part of the address. */
function withoutTail(raw: string): string {
  const text = raw.replace(/[.,;:!?'"»*_~\]}]+$/, '')
  return text.endsWith(')') && !text.includes('(') ? text.slice(0, -1) : text
}
