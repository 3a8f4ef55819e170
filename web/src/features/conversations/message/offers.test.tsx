import { screen } from '@testing-library/react'
import { aMessage } from '@/testing/factories'
import { renderPage } from '@/testing/render'
import type { Message } from '../types'
import { MessageContent } from './message-content'

async function show(content: Message['content'], direction: Message['direction'] = 'outbound') {
  renderPage(
    <div data-testid="content">
      <MessageContent message={aMessage({ type: 'interactive', content, direction })} />
    </div>,
  )
  return screen.findByTestId('content')
}

const product = { catalog_id: '19', product_retailer_id: 'PAO-1' }
const card = {
  header: { type: 'image', link: 'https://example.com/bolo.jpg' },
  text: 'Bolo de *cenoura*',
}

test.each<[string, Message['content'], string[]]>([
  ['a product', { product }, ['PAO-1', 'Catálogo 19']],
  ['a product with words', { text: 'Este?', product }, ['Este?', 'PAO-1']],
  [
    'products',
    {
      header: 'Padaria',
      text: 'Veja',
      product_list: {
        sections: [
          { title: 'Pães', product_items: [{ product_retailer_id: 'PAO-1' }] },
          { title: 'Bolos', product_items: [{ product_retailer_id: 'BOLO-1' }] },
        ],
      },
    },
    ['Padaria', 'Veja', '2 produtos', 'Pães', 'PAO-1', 'Bolos', 'BOLO-1'],
  ],
  ['the catalog', { text: 'Tudo', catalog: {} }, ['Tudo', 'Ver catálogo']],
  ['a call', { text: 'Ligue', call_button: { title: 'Ligar' } }, ['Ligue', 'Ligar']],
  ['a call in Meta’s words', { text: 'Ligue', call_button: {} }, ['Ligar agora']],
  ['whether we may call', { text: 'Podemos?', request: 'call_permission' }, ['Permitir ligações']],
  ['an address', { text: 'Onde?', address: { country: 'IN' } }, ['Onde?', 'Informar endereço']],
])('%s is shown as it was offered', async (_name, content, texts) => {
  const shown = await show(content)
  for (const text of texts) expect(shown).toHaveTextContent(text)
})

test('cards stand side by side, with what can be tapped on each', async () => {
  await show({
    text: 'Os de hoje',
    cards: [
      { ...card, url_button: { title: 'Comprar', url: 'https://example.com/1' } },
      { ...card, text: 'Pão', buttons: [{ id: 'a', title: 'Quero' }] },
      { product },
    ],
  })

  const deck = screen.getByRole('region', { name: 'Cartões' })
  expect(deck).toHaveAttribute('tabindex', '0')
  const cards = screen.getAllByRole('listitem')
  expect(cards.map((one) => one.textContent)).toEqual([
    'FotoAbrirBolo de cenouraComprar',
    'FotoAbrirPãoQuero',
    'PAO-1Catálogo 19',
  ])
})

test.each<[string, Message['content'], string]>([
  ['they permit', { text: '', call_permission: { response: 'accept' } }, 'Permitiu ligações'],
  [
    'they permit for a while',
    {
      text: '',
      call_permission: { response: 'accept', expiration_timestamp: '1793491302' },
    },
    'Permitiu ligações até',
  ],
  ['they do not', { text: '', call_permission: { response: 'reject' } }, 'Não permitiu ligações'],
  [
    'an address',
    {
      text: 'x',
      name: 'address_message',
      form: { values: { city: 'Mumbai' }, saved_address_id: 'a' },
    },
    'Endereço informadocityMumbai',
  ],
])('what the customer answers is told in words: %s', async (_name, content, text) => {
  expect(await show(content, 'inbound')).toHaveTextContent(text)
})
