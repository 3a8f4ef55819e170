import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { http, HttpResponse } from 'msw'
import { useEffect } from 'react'
import { startLive } from '@/shared/api/live'
import { aConversation, aMessage, anAnswer } from '@/testing/factories'
import { aGate } from '@/testing/gate'
import { aLiveStream } from '@/testing/live'
import { renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import { conversationKeys } from './api'
import { ConversationsPage } from './conversations-page'
import type { Message } from './types'

const ID = 'conversation-1'
const user = userEvent.setup({ delay: null })

function answer(messages: Message[]) {
  server.use(
    http.get('*/api/v1/conversations', () =>
      HttpResponse.json({ items: [aConversation()], next: null }),
    ),
    http.get('*/api/v1/conversations/:id', ({ params }) =>
      params.id === ID
        ? HttpResponse.json(aConversation())
        : HttpResponse.json(
            { error: { code: 'not_found', message: '', details: {} } },
            { status: 404 },
          ),
    ),
    http.get('*/api/v1/conversations/:id/messages', () =>
      HttpResponse.json({ items: messages, next: null }),
    ),
  )
}

function Live({ conversationId = ID }: { conversationId?: string }) {
  useEffect(startLive, [])
  return (
    <ConversationsPage conversationId={conversationId} filter="live" onFilter={() => undefined} />
  )
}

function thread() {
  return screen.findByRole('region', { name: 'Mensagens de Mariana Souza' })
}

test('a thread shows who said what, how far it came, and why not', async () => {
  void aLiveStream()
  answer([
    aMessage(),
    anAnswer({ status: 'read' }),
    anAnswer({
      id: 'failed',
      sender_type: 'agent',
      status: 'failed',
      error_message: 'Número inexistente no WhatsApp.',
      created_at: '2026-11-18T17:00:09Z',
    }),
    anAnswer({
      id: 'waiting',
      sender_type: 'phone',
      status: 'pending',
      created_at: '2026-11-18T17:00:10Z',
    }),
    anAnswer({
      id: 'lost',
      sender_type: 'phone',
      status: 'unknown',
      created_at: '2026-11-18T17:00:11Z',
    }),
  ])
  renderPage(<Live />)

  const shown = within(await thread())
  expect(await shown.findByText('Oi, tem pão de queijo hoje?')).toBeVisible()
  for (const sender of ['Bot', 'Atendente', 'Pelo telefone'])
    expect(shown.getByText(sender)).toBeVisible()
  for (const tick of ['Lida', 'Não enviada', 'Na fila de envio', 'Envio sem confirmação']) {
    expect(shown.getByRole('img', { name: tick })).toBeVisible()
  }
  expect(shown.getByText('Número inexistente no WhatsApp.', { exact: false })).toBeVisible()
  expect(shown.getAllByText('14:00')).toHaveLength(5)
})

test('what happens appears by itself, in the thread and in the list', async () => {
  const connected = aLiveStream()
  answer([aMessage()])
  renderPage(<Live />)
  await within(await thread()).findByText('Oi, tem pão de queijo hoje?')
  const tell = await connected
  const about = { conversation_id: ID, contact_id: 'contact-1' }

  tell('message.created', { ...about, message: anAnswer({ status: 'pending' }) })
  const shown = within(await thread())
  expect(await shown.findByText('Tem sim, saiu agora do forno!')).toBeVisible()
  expect(shown.getByRole('img', { name: 'Na fila de envio' })).toBeVisible()

  tell('message.updated', { ...about, message: anAnswer({ status: 'delivered' }) })
  expect(await shown.findByRole('img', { name: 'Entregue' })).toBeVisible()
  const row = screen.getByRole('listitem')
  expect(row).toHaveTextContent('Tem sim, saiu agora do forno!')
  expect(within(row).getByRole('img', { name: 'Entregue' })).toBeInTheDocument()
})

test('an answer that was read before an event cannot undo it', async () => {
  const connected = aLiveStream()
  answer([aMessage()])
  const { queries } = renderPage(<Live />)
  const shown = within(await thread())
  const tell = await connected
  await waitFor(() => expect(queries.isFetching()).toBe(0))

  const asked = aGate()
  const released = aGate()
  server.use(
    http.get('*/api/v1/conversations/:id/messages', async () => {
      asked.open()
      await released.opened
      return HttpResponse.json({ items: [aMessage()], next: null })
    }),
  )
  const refetched = queries.invalidateQueries({ queryKey: conversationKeys.messages(ID) })
  await asked.opened
  tell('message.created', { conversation_id: ID, contact_id: 'c', message: anAnswer() })
  await shown.findByText('Tem sim, saiu agora do forno!')
  released.open()
  await refetched

  expect(await shown.findByText('Tem sim, saiu agora do forno!')).toBeVisible()
})

test('the details can be hidden, and tell what is known', async () => {
  void aLiveStream()
  answer([aMessage()])
  renderPage(<Live />)
  await thread()
  await user.click(screen.getByRole('button', { name: 'Mostrar detalhes' }))
  const details = within(await screen.findByRole('dialog', { name: 'Detalhes' }))
  for (const word of [
    '+55 11 90000-0011',
    'Aurora Centro',
    'Respondendo agora',
    'Janela de 24 horas',
  ]) {
    expect(details.getByText(word)).toBeInTheDocument()
  }
})

test('a conversation that is not ours does not exist', async () => {
  void aLiveStream()
  answer([])
  renderPage(<Live conversationId="of-somebody-else" />)
  expect(await screen.findByText('Conversa não encontrada')).toBeVisible()
})

test('the page has nothing that keeps anyone out', async () => {
  void aLiveStream()
  answer([aMessage(), anAnswer({ metadata: { context: { id: 'wamid.1' } } })])
  const { container } = renderPage(<Live />)
  await within(await thread()).findByText('Tem sim, saiu agora do forno!')

  const { violations } = await axe.run(container, {
    // jsdom draws nothing: colours, and what is visible where, are looked at in a browser.
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  })
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
})
