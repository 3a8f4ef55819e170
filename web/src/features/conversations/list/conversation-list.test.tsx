import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { delay, http, HttpResponse } from 'msw'
import { currentUserQuery } from '@/shared/api/current-user'
import { aConversation, aUser } from '@/testing/factories'
import { aQueryClient, renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import type { Conversation, Filter } from '../types'
import { ConversationList } from './conversation-list'

const LIST = '*/api/v1/conversations'
const user = userEvent.setup({ delay: null })

function answer(lists: Partial<Record<Filter | 'found', Conversation[]>>) {
  server.use(
    http.get(LIST, ({ request }) => {
      const asked = new URL(request.url).searchParams
      if (asked.has('q')) return HttpResponse.json({ items: lists.found ?? [], next: null })
      const status = asked.get('status')
      const items = status === 'live' ? lists.live : status === 'all' ? lists.all : lists.resolved
      return HttpResponse.json({ items: items ?? [], next: null })
    }),
  )
}

function show(filter: Filter = 'live', queries = aQueryClient()) {
  const onFilter = vi.fn()
  renderPage(<ConversationList filter={filter} onFilter={onFilter} />, queries)
  return onFilter
}

const another = aConversation({
  id: 'conversation-2',
  contact: {
    id: 'c2',
    name: null,
    whatsapp_name: null,
    phone: '5521988887777',
    username: null,
    is_group: false,
  },
  last_message: null,
  is_bot_active: false,
  last_message_at: '2026-11-18T18:00:00Z',
})

test('shows its shape while it loads', async () => {
  server.use(http.get(LIST, () => delay('infinite')))
  show()
  expect(await screen.findByRole('status', { name: 'Carregando…' })).toBeVisible()
})

test('newest activity first, with name or number, preview and bot', async () => {
  answer({ live: [aConversation(), another] })
  show()
  const rows = await screen.findAllByRole('listitem')
  expect(rows.map((row) => within(row).getByRole('link').getAttribute('href'))).toEqual([
    '/conversations/conversation-2',
    '/conversations/conversation-1',
  ])
  expect(rows[0]).toHaveTextContent('+55 21 98888-7777')
  expect(rows[0]).toHaveTextContent('Nenhuma mensagem ainda')
  expect(rows[1]).toHaveTextContent('Mariana Souza')
  expect(rows[1]).toHaveTextContent('Oi, tem pão de queijo hoje?')
  expect(rows[1]).toHaveTextContent('Bot')
})

test('what came after the first visit is unread, and counted in the title', async () => {
  const fresh = aConversation()
  const at = new Date(Date.now() + 60_000).toISOString()
  if (fresh.last_message) fresh.last_message.created_at = at
  answer({ live: [fresh, another] })
  show()
  const [row] = await screen.findAllByText('não lida')
  expect(row).toBeInTheDocument()
  expect(document.title).toBe('(1) Conversas · PyTake')
})

test('whom the server finds besides comes behind what is loaded', async () => {
  const found = aConversation({
    id: 'conversation-3',
    contact: { ...another.contact, id: 'c3', name: 'Mariana Prado' },
  })
  answer({ live: [aConversation(), another], found: [found, another] })
  show()
  await screen.findByText('Mariana Souza')
  await user.type(screen.getByLabelText('Buscar nas conversas'), 'marian')
  expect(screen.getAllByRole('listitem')).toHaveLength(1)
  expect(screen.getByText('Buscando…')).toBeVisible()
  expect(await screen.findByText('Mariana Prado')).toBeVisible()
  const rows = screen.getAllByRole('listitem').map((row) => row.textContent)
  expect(rows).toHaveLength(3)
  expect(rows[0]).toContain('Mariana Souza')
  expect(screen.queryByText('Buscando…')).not.toBeInTheDocument()
})

test('searches what is loaded, and says when nothing matches', async () => {
  answer({ live: [aConversation(), another] })
  show()
  await screen.findByText('Mariana Souza')
  await user.click(screen.getByLabelText('Buscar nas conversas'))
  await user.paste('marian')
  expect(screen.getAllByRole('listitem')).toHaveLength(1)
  await user.paste('xyz')
  expect(await screen.findByText('Nada encontrado')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Limpar a busca' }))
  expect(screen.getAllByRole('listitem')).toHaveLength(2)
})

test('arrows walk the list', async () => {
  answer({ live: [aConversation(), another] })
  show()
  const links = (await screen.findAllByRole('listitem')).map((row) => within(row).getByRole('link'))
  links[0]?.focus()
  await user.keyboard('{ArrowDown}{ArrowDown}')
  expect(links[1]).toHaveFocus()
  await user.keyboard('{Home}')
  expect(links[0]).toHaveFocus()
})

test('asks for another filter', async () => {
  answer({})
  const onFilter = show()
  await user.click(await screen.findByRole('radio', { name: 'Resolvidas' }))
  expect(onFilter).toHaveBeenCalledWith('resolved')
})

test('before the first conversation, points to the phone when there is one', async () => {
  answer({})
  const queries = aQueryClient()
  queries.setQueryData(currentUserQuery.queryKey, {
    ...aUser(),
    ...{ simulator_url: 'http://127.0.0.1:8001/' },
  })
  show('live', queries)
  expect(await screen.findByText('Nenhuma conversa ainda')).toBeVisible()
  expect(screen.getByRole('link', { name: 'Abrir o telefone' })).toHaveAttribute(
    'href',
    'http://127.0.0.1:8001/',
  )
})

test('with everything resolved, says so instead', async () => {
  answer({ all: [aConversation({ status: 'resolved' })] })
  show()
  expect(await screen.findByText('Tudo em dia')).toBeVisible()
})

test('nothing resolved yet', async () => {
  answer({})
  show('resolved')
  expect(await screen.findByText('Nada resolvido ainda')).toBeVisible()
})

test('a failure is told, and can be tried again', async () => {
  server.use(http.get(LIST, () => HttpResponse.json({}, { status: 500 })))
  show()
  expect(await screen.findByRole('alert')).toHaveTextContent('Algo deu errado no servidor')
  answer({ live: [aConversation()] })
  await user.click(screen.getByRole('button', { name: 'Tentar de novo' }))
  expect(await screen.findByText('Mariana Souza')).toBeVisible()
})

test('says how many conversations are in each list, and that there are more than were counted', async () => {
  answer({ live: [aConversation()] })
  const by_filter = {
    live: { count: 12, is_exact: true },
    resolved: { count: 1998, is_exact: false },
    all: { count: 2010, is_exact: false },
  }
  server.use(http.get(`${LIST}/counts`, () => HttpResponse.json({ by_filter, by_status: {} })))
  show()
  expect(await screen.findByRole('radio', { name: 'Abertas 12' })).toBeChecked()
  expect(screen.getByRole('radio', { name: 'Resolvidas 1.998+' })).toBeInTheDocument()
  expect(screen.getByRole('radio', { name: 'Todas 2.010+' })).toBeInTheDocument()
})
