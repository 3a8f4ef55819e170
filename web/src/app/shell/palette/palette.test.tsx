import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { delay, http, HttpResponse } from 'msw'
import { aConversation } from '@/testing/factories'
import { renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import { PaletteBox } from './palette-box'

const CONVERSATIONS = '*/api/v1/conversations'
const user = userEvent.setup({ delay: null })

function nobodyElse() {
  for (const path of ['*/api/v1/people', '*/api/v1/platform/organizations']) {
    server.use(http.get(path, () => HttpResponse.json({ items: [], next: null })))
  }
}

async function type(text: string) {
  renderPage(<PaletteBox onDone={vi.fn()} />)
  await user.type(await screen.findByRole('combobox', { name: 'Buscar' }), text)
}

test('the server is asked once for what was typed, among all conversations', async () => {
  nobodyElse()
  const asked: string[] = []
  server.use(
    http.get(CONVERSATIONS, ({ request }) => {
      asked.push(new URL(request.url).search)
      return HttpResponse.json({ items: [aConversation()], next: null })
    }),
  )
  await type('5511')
  expect(screen.getByText('Buscando…')).toBeVisible()
  expect(await screen.findByRole('option', { name: /Mariana Souza/ })).toBeVisible()
  expect(screen.queryByText('Buscando…')).not.toBeInTheDocument()
  expect(asked).toEqual(['?status=all&q=5511&limit=5'])
})

test('a question that nobody waits for any more is given up', async () => {
  nobodyElse()
  const given: string[] = []
  server.use(
    http.get(CONVERSATIONS, async ({ request }) => {
      const wanted = new URL(request.url).searchParams.get('q') ?? ''
      request.signal.addEventListener('abort', () => given.push(wanted))
      if (wanted === 'ma') await delay('infinite')
      return HttpResponse.json({ items: [aConversation()], next: null })
    }),
  )
  const asked = new Promise((resolve) => {
    server.events.on('request:start', ({ request }) => {
      if (request.url.includes('q=ma')) resolve(undefined)
    })
  })
  await type('ma')
  await asked
  await user.type(screen.getByRole('combobox'), 'ri')
  expect(await screen.findByRole('option', { name: /Mariana Souza/ })).toBeVisible()
  expect(given).toEqual(['ma'])
})

test('a search that fails says so', async () => {
  nobodyElse()
  server.use(http.get(CONVERSATIONS, () => HttpResponse.json({}, { status: 503 })))
  await type('mariana')
  expect(await screen.findByText(/Não foi possível buscar agora/)).toBeVisible()
})
