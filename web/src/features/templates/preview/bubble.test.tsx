import { screen } from '@testing-library/react'
import { renderPage } from '@/testing/render'
import type { Shown } from '../types'
import { Bubble } from './bubble'

const plain: Shown = {
  header: null,
  body: 'Os bolos de hoje:',
  footer: null,
  buttons: [],
  asks_to_call: false,
}
const photo = { type: 'IMAGE', text: null, link: 'https://example.com/h.jpg' } as const

async function show(shown: Partial<Shown>) {
  renderPage(
    <div data-testid="bubble">
      <Bubble shown={{ ...plain, ...shown }} />
    </div>,
  )
  return screen.findByTestId('bubble')
}

test('cards stand side by side below the words', async () => {
  const buttons = [{ type: 'QUICK_REPLY', text: 'Quero' }]
  await show({
    cards: [
      { header: photo, body: 'Bolo de *cenoura*', buttons },
      { header: photo, body: 'Bolo de fubá', buttons },
    ],
  })

  const deck = screen.getByRole('region', { name: 'Cartões' })
  expect(deck).toHaveTextContent('Bolo de cenoura')
  expect(deck).toHaveTextContent('Bolo de fubá')
  expect(screen.getAllByText('Quero')).toHaveLength(2)
})

test('in a picture of it nothing can be reached', async () => {
  renderPage(
    <Bubble isPicture shown={{ ...plain, cards: [{ header: photo, body: 'x', buttons: [] }] }} />,
  )

  expect(await screen.findByRole('listitem')).toHaveTextContent('x')
  expect(screen.queryByRole('region')).toBeNull()
  expect(document.querySelector('[tabindex="0"]')).toBeNull()
})

test('an offer, a product and the request to call are shown', async () => {
  const bubble = await show({
    header: { type: 'PRODUCT', text: null },
    offer: { text: 'Só hoje!', expires_at: null },
    asks_to_call: true,
  })

  for (const words of ['Produto', 'Só hoje!', 'Permitir ligações'])
    expect(bubble).toHaveTextContent(words)
  expect(screen.queryByRole('region')).toBeNull()
})
