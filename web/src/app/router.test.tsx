import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { openSession, session } from '@/shared/api/session'
import { aConversation, aMessage, aUser } from '@/testing/factories'
import { aLiveStream } from '@/testing/live'
import { server } from '@/testing/server'
import { Providers } from './providers'

const user = userEvent.setup({ delay: null })
const THREAD = '/conversations/conversation-1'

function visit(path: string) {
  window.history.replaceState(null, '', path)
  return render(<Providers isKnown />)
}

beforeEach(() => {
  void aLiveStream()
  server.use(
    http.get('*/api/v1/auth/me', () => HttpResponse.json(aUser())),
    http.post('*/api/v1/auth/login', () =>
      HttpResponse.json({ access_token: 't', token_type: 'bearer', expires_in: 60, user: aUser() }),
    ),
    http.get('*/api/v1/conversations', () =>
      HttpResponse.json({ items: [aConversation()], next: null }),
    ),
    http.get('*/api/v1/conversations/:id/messages', () =>
      HttpResponse.json({ items: [aMessage()], next: null }),
    ),
    http.get('*/api/v1/conversations/:id', () => HttpResponse.json(aConversation())),
  )
})

async function signIn() {
  await user.click(await screen.findByLabelText('E-mail'))
  await user.paste('helena@padaria-aurora.example')
  await user.click(screen.getByLabelText('Senha'))
  await user.paste('x')
  await user.click(screen.getByRole('button', { name: 'Entrar' }))
}

test('a stranger signs in first and then arrives where the link led', async () => {
  visit(THREAD)
  await signIn()
  expect(await screen.findByRole('region', { name: 'Mensagens de Mariana Souza' })).toBeVisible()
  expect(window.location.pathname).toBe(THREAD)
  expect(screen.getAllByText('Padaria Aurora').length).toBeGreaterThan(0)
})

test.each(['//evil.example', '/\\evil.example', 'https://evil.example'])(
  'a link cannot lead to %s after signing in',
  async (next) => {
    visit(`/sign-in?next=${encodeURIComponent(next)}`)
    await signIn()
    expect(await screen.findByRole('heading', { level: 1, name: 'Conversas' })).toBeInTheDocument()
    expect(window.location.pathname).toBe('/conversations')
  },
)

test('a session that the server ends leads to signing in, and back', async () => {
  openSession('old')
  server.use(
    http.get(
      '*/api/v1/conversations/:id/messages',
      () => HttpResponse.json({ error: { code: 'invalid_token' } }, { status: 401 }),
      { once: true },
    ),
  )
  visit(THREAD)
  expect(await screen.findByText(/Sua sessão terminou/)).toBeVisible()
  await signIn()
  expect(
    await screen.findByText('Oi, tem pão de queijo hoje?', { selector: '[id] *' }),
  ).toBeVisible()
  expect(window.location.pathname).toBe(THREAD)
})

test('signing out ends in a clean sign-in page', async () => {
  openSession('t')
  visit('/conversations')
  await user.click(await screen.findByRole('button', { name: /^Helena Prado/ }))
  await user.click(await screen.findByRole('menuitem', { name: 'Sair' }))
  expect(await screen.findByRole('heading', { name: 'Entre na sua conta' })).toBeVisible()
  expect(screen.queryByText(/Sua sessão terminou/)).not.toBeInTheDocument()
  expect(session.getState().token).toBeNull()
})

test('an address that leads nowhere says so', async () => {
  visit('/nowhere')
  expect(await screen.findByText('Página não encontrada')).toBeVisible()
})
