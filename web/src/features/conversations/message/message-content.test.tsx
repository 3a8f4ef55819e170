import { screen } from '@testing-library/react'
import { aMessage } from '@/testing/factories'
import { renderPage } from '@/testing/render'
import type { Message } from '../types'
import { MessageContent } from './message-content'

async function show(
  type: string,
  content: Message['content'],
  direction: Message['direction'] = 'inbound',
) {
  renderPage(
    <div data-testid="content">
      <MessageContent message={aMessage({ type, content, direction })} />
    </div>,
  )
  return screen.findByTestId('content')
}

const outbound = 'outbound'

test.each<[string, Message['content'], string[]]>([
  ['text', { text: 'Oi, *tudo* bem?' }, ['Oi, tudo bem?']],
  ['note', { text: 'ligar amanhã' }, ['ligar amanhã']],
  ['image', { media_id: '1', caption: 'assim?' }, ['Foto', 'assim?']],
  ['video', { media_id: '1' }, ['Vídeo']],
  ['sticker', { media_id: '1' }, ['Figurinha']],
  ['audio', { media_id: '1', voice: true }, ['Mensagem de voz']],
  ['audio', { media_id: '1' }, ['Áudio']],
  ['document', { filename: 'orçamento.pdf', caption: 'segue' }, ['orçamento.pdf', 'PDF', 'segue']],
  ['document', { mime_type: 'application/pdf' }, ['Documento', 'PDF']],
  [
    'location',
    { latitude: -23.5, longitude: -46.6, name: 'Padaria' },
    ['Padaria', 'Abrir no mapa'],
  ],
  [
    'contacts',
    {
      contacts: [
        {
          name: { formatted_name: 'Paulo' },
          org: { company: 'Buffet' },
          phones: [{ wa_id: '5511977776666' }],
        },
      ],
    },
    ['Paulo', 'Buffet', '+55 11 97777-6666'],
  ],
  [
    'interactive',
    { text: 'Bolo', reply: { id: 'a', title: 'Bolo', description: 'de cenoura' } },
    ['Bolo', 'de cenoura'],
  ],
  [
    'interactive',
    { form: { nome_completo: 'Ana', flow_token: 'x' } },
    ['Formulário respondido', 'nome completo', 'Ana'],
  ],
  [
    'interactive',
    { text: 'Sent', form: '{"quantidade":2}' },
    ['Formulário respondido', 'quantidade', '2'],
  ],
  ['button', { text: 'Quero', payload: 'x' }, ['Quero']],
  ['reaction', { message_id: 'x', emoji: '❤️' }, ['Reagiu com ❤️']],
  ['reaction', { message_id: 'x', emoji: null }, ['Retirou a reação']],
  [
    'order',
    {
      items: [
        { product_retailer_id: 'SKU-1', quantity: 2, item_price: 24.9, currency: 'BRL' },
        { product_retailer_id: 'SKU-2', item_price: 3, currency: '?' },
      ],
      text: 'obrigada',
    },
    ['Pedido', '2 itens', '2 × SKU-1', 'R$ 24,90', '1 × SKU-2', '3 ?', 'obrigada'],
  ],
  ['unsupported', { kind: 'poll', raw: {} }, ['Mensagem não compatível', 'poll']],
  [
    'unsupported',
    { kind: 'edit', raw: { errors: [{ title: 'x', error_data: { details: 'Not supported.' } }] } },
    ['O cliente editou uma mensagem', 'Not supported.'],
  ],
  ['hologram', { anything: 1 }, ['Mensagem não compatível']],
])('%s from the customer (%#)', async (type, content, words) => {
  const shown = await show(type, content)
  for (const word of words) expect(shown).toHaveTextContent(word)
})

test('buttons of ours', async () => {
  const shown = await show(
    'button',
    {
      header: 'Olá',
      text: 'Como *posso* ajudar?',
      footer: 'Aurora',
      buttons: [{ id: '1', title: 'Cardápio' }],
    },
    outbound,
  )
  for (const word of ['Olá', 'Como posso ajudar?', 'Aurora', 'Cardápio'])
    expect(shown).toHaveTextContent(word)
})

test('a list of ours', async () => {
  const shown = await show(
    'list',
    {
      text: 'Escolha',
      button: 'Ver opções',
      sections: [{ title: 'Bolos', rows: [{ id: 'a', title: 'Cenoura', description: 'R$ 48' }] }],
    },
    outbound,
  )
  for (const word of ['Escolha', 'Ver opções', 'Bolos', 'Cenoura', 'R$ 48'])
    expect(shown).toHaveTextContent(word)
})

test.each<[string, Message['content'], string[]]>([
  [
    'a page to open',
    { text: 'Acompanhe o pedido', url_button: { title: 'Abrir', url: 'https://aurora.example/1' } },
    ['Acompanhe o pedido', 'Abrir'],
  ],
  [
    'a form to fill in',
    { header: 'Cadastro', text: 'Em 1 minuto', footer: 'Aurora', form: { flow_cta: 'Começar' } },
    ['Cadastro', 'Em 1 minuto', 'Aurora', 'Começar'],
  ],
  ['a place', { text: 'Onde?', request: 'location' }, ['Onde?', 'Enviar localização']],
  ['a phone', { text: 'Qual?', request: 'contact_info' }, ['Qual?', 'Compartilhar telefone']],
])('what we ask for with one tap: %s', async (_, content, words) => {
  const shown = await show('interactive', content, outbound)
  for (const word of words) expect(shown).toHaveTextContent(word)
})

test.each([
  [{ phone: '11 90000-0098' }, '11 90000-0098'],
  [{ phone: '11 90000-0098', wa_id: '5511900000098' }, '+55 11 90000-0098'],
  [{ phone: '+1 202 555 0143', wa_id: '12025550143' }, '+1 202 555-0143'],
])('no country is made up for a card’s phone: %o', async (phone, words) => {
  const shown = await show('contacts', {
    contacts: [{ name: { formatted_name: 'Ana' }, phones: [phone] }],
  })
  expect(shown.textContent).toContain(`Ana${words}`)
})

test('a template shows its name and what was put in', async () => {
  const components = [
    {
      type: 'body',
      parameters: [
        { type: 'text', text: 'Ana' },
        { type: 'text', text: '18h' },
      ],
    },
  ]
  const shown = await show(
    'template',
    { name: 'lembrete', language: 'pt_BR', components },
    outbound,
  )
  expect(shown).toHaveTextContent('Modelo “lembrete”')
  expect(shown).toHaveTextContent('Ana · 18h')
})

test('a template is seen as the customer has it: its file, its words and its buttons', async () => {
  const shown = await show(
    'template',
    {
      name: 'pedido',
      text: 'Seu pedido saiu.',
      shown: {
        header: { type: 'DOCUMENT', text: null, filename: 'nota.pdf', link: 'https://a.example/n' },
        body: 'Seu *pedido* saiu.',
        footer: 'Padaria',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Obrigada' },
          { type: 'URL', text: 'Acompanhar', url: 'https://a.example/7' },
        ],
      },
    },
    outbound,
  )
  expect(shown.textContent).toBe(
    'Modelo “pedido”nota.pdfAbrirSeu pedido saiu.PadariaObrigadaAcompanhar',
  )
  expect(screen.getByText('Acompanhar')).toHaveAttribute('title', 'https://a.example/7')
})

test.each<[Message['content'], string]>([
  [{ type: 'image', link: 'https://a.example/a.jpg' }, 'FotoAbrir'],
  [{ type: 'document', media_id: '1', filename: 'tabela.pdf' }, 'tabela.pdf'],
  [{ type: 'video', link: 'javascript:alert(1)' }, 'Vídeo'],
  [{ type: 'hologram' }, ''],
])('above buttons stands what they were sent with: %o', async (header, words) => {
  const buttons = [{ id: 's', title: 'Sim' }]
  const shown = await show('button', { header, text: 'Confirma?', buttons }, outbound)
  expect(shown.textContent).toBe(`${words}Confirma?Sim`)
})

test('no text becomes HTML', async () => {
  const hostile = '<img src=x onerror="alert(1)"> <b>x</b> *<script>alert(1)</script>*'
  const shown = await show('text', { text: hostile })
  expect(shown.querySelector('img, script, b')).toBeNull()
  expect(shown).toHaveTextContent(
    '<img src=x onerror="alert(1)"> <b>x</b> <script>alert(1)</script>',
  )
})

test('links open outside and tell nobody where from; other schemes are no links', async () => {
  const shown = await show('text', { text: 'https://aurora.example/x javascript:alert(1)' })
  const links = [...shown.querySelectorAll('a')]
  expect(links.map((link) => link.href)).toEqual(['https://aurora.example/x'])
  expect(links[0]).toHaveAttribute('rel', expect.stringContaining('noopener noreferrer'))
})

test.each(['image', 'document', 'audio'])(
  'a hostile address of %s is not offered',
  async (type) => {
    const shown = await show(type, { link: 'javascript:alert(1)' })
    expect(shown.querySelector('a')).toBeNull()
  },
)

test('a location’s coordinates cannot leave their place in the address', async () => {
  const shown = await show('location', { latitude: '-23.5&q=', longitude: -46.6 })
  expect(shown.querySelector('a')).toBeNull()
})
