import { parseInline, parseMarkup } from './parse-markup'

const text = (value: string) => ({ kind: 'text', text: value })

test('the four marks, and one inside another', () => {
  expect(parseInline('*forte* e _leve_, ~antes~ `já`')).toEqual([
    { kind: 'bold', children: [text('forte')] },
    text(' e '),
    { kind: 'italic', children: [text('leve')] },
    text(', '),
    { kind: 'strike', children: [text('antes')] },
    text(' '),
    { kind: 'code', text: 'já' },
  ])
  expect(parseInline('*muito _mesmo_*')).toEqual([
    { kind: 'bold', children: [text('muito '), { kind: 'italic', children: [text('mesmo')] }] },
  ])
})

test.each(['2*3*4', 'snake_case_name', '* solto *', 'a ~ b ~ c', '*aberto', '**'])(
  '%s is only text',
  (plain) => {
    expect(parseInline(plain)).toEqual([text(plain)])
  },
)

test('a link ends before the punctuation around it', () => {
  expect(parseInline('veja (https://aurora.example/menu?x=1&y=2).')).toEqual([
    text('veja ('),
    {
      kind: 'link',
      text: 'https://aurora.example/menu?x=1&y=2',
      href: 'https://aurora.example/menu?x=1&y=2',
    },
    text(').'),
  ])
  expect(parseInline('*https://aurora.example*')).toEqual([
    {
      kind: 'bold',
      children: [{ kind: 'link', text: 'https://aurora.example', href: 'https://aurora.example/' }],
    },
  ])
  expect(parseInline('www.aurora.example/pão_de_mel')).toMatchObject([
    { kind: 'link', text: 'www.aurora.example/pão_de_mel' },
  ])
})

test.each(['javascript:alert(1)', 'data:text/html,<b>x</b>', 'https://', '<a href="x">y</a>'])(
  '%s is never a link',
  (plain) => {
    expect(JSON.stringify(parseInline(plain))).not.toContain('"link"')
  },
)

test('lines, lists, quotes and fences', () => {
  expect(
    parseMarkup('Temos:\n- pão\n* bolo\n1. café\n> e o troco?\nfim\n```\na  b\n*c*\n```\ntchau'),
  ).toEqual([
    { kind: 'lines', children: [text('Temos:')] },
    { kind: 'bullet', children: [text('pão')] },
    { kind: 'bullet', children: [text('bolo')] },
    { kind: 'numbered', number: '1', children: [text('café')] },
    { kind: 'quote', children: [text('e o troco?')] },
    { kind: 'lines', children: [text('fim')] },
    { kind: 'pre', text: 'a  b\n*c*' },
    { kind: 'lines', children: [text('tchau')] },
  ])
})

test('the longest message WhatsApp carries is parsed at once, however hostile', () => {
  for (const hostile of [
    '*'.repeat(4096),
    '*a '.repeat(1365),
    '`'.repeat(4096),
    '_~*'.repeat(1365),
  ]) {
    expect(parseMarkup(hostile).length).toBeGreaterThan(0)
  }
})
