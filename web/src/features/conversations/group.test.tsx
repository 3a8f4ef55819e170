import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { aConversation, aMessage } from '@/testing/factories'
import { renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import { ConversationsPage } from './conversations-page'
import type { Message } from './types'

const ID = 'conversation-1'
const { contact } = aConversation()
const group = aConversation({
  is_bot_active: false,
  window_expires_at: null,
  contact: { ...contact, name: null, whatsapp_name: null, phone: null, is_group: true },
})
const asked = aMessage({
  content: { text: 'Quem leva o bolo?' },
  metadata: { author: { name: 'Joana Prado', wa_id: '5511900000021' } },
})
const answered = aMessage({
  id: 'message-2',
  whatsapp_message_id: 'wamid.2',
  content: { text: 'Eu levo' },
  metadata: { author: { name: 'Davi Reis' }, context: { replied_to: 'wamid.1' } },
  created_at: '2026-11-18T17:01:00Z',
})

async function openThread(conversation: typeof group, messages: Message[]) {
  server.use(
    http.get('*/api/v1/conversations', () =>
      HttpResponse.json({ items: [conversation], next: null }),
    ),
    http.get('*/api/v1/conversations/:id', () => HttpResponse.json(conversation)),
    http.get('*/api/v1/conversations/:id/messages', () =>
      HttpResponse.json({ items: messages, next: null }),
    ),
  )
  renderPage(<ConversationsPage conversationId={ID} filter="live" onFilter={() => undefined} />)
  return within(await screen.findByRole('region', { name: 'Conversa aberta' }))
}

test('a group says that nobody can write in it, and speaks of no window', async () => {
  const thread = await openThread(group, [asked])
  expect(await thread.findByText('Quem leva o bolo?')).toBeVisible()
  expect(thread.getByText('Só leitura.')).toBeVisible()
  expect(thread.queryByText('Encerrada')).toBeNull()

  await userEvent.click(screen.getByRole('button', { name: 'Mostrar detalhes' }))
  const details = within(await screen.findByRole('dialog', { name: 'Detalhes' }))
  expect(details.getByText('Aurora Centro')).toBeInTheDocument()
  for (const word of ['Janela de 24 horas', 'Contato', 'Parado'])
    expect(details.queryByText(word)).toBeNull()
})

test('a person’s thread says nothing of reading only', async () => {
  const thread = await openThread(aConversation(), [aMessage()])
  expect(await thread.findByText('Oi, tem pão de queijo hoje?')).toBeVisible()
  expect(thread.queryByText(/^Só leitura/)).toBeNull()
})

test('who is quoted in a group is named', async () => {
  const thread = await openThread(group, [asked, answered])
  const quote = await thread.findByTitle('Ir para a mensagem citada')
  expect(quote).toHaveTextContent('Joana Prado')
})
