import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { openSession, session } from '@/shared/api/session'
import { aUser } from '@/testing/factories'
import { renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import { AcceptInvitation } from './accept-invitation'
import { keepLinkToken } from './link-token'
import { ResetPassword } from './reset-password'
import { VerifyEmail } from './verify-email'

const user = userEvent.setup({ delay: null })
const EMAIL = 'bia@padaria-aurora.example'

function aLink(purpose: string, more: object = {}) {
  return http.post('*/api/v1/auth/links/look', () =>
    HttpResponse.json({
      purpose,
      email: EMAIL,
      full_name: 'Bia Ramos',
      role: null,
      inviter_name: null,
      organization_name: 'Padaria Aurora',
      expires_at: '2026-11-19T17:00:00Z',
      ...more,
    }),
  )
}

function refuse(code: string, status: number, details: object = {}) {
  return HttpResponse.json({ error: { code, message: 'for developers', details } }, { status })
}

const signedIn = () =>
  HttpResponse.json({ access_token: 'new', token_type: 'bearer', expires_in: 900, user: aUser() })

async function choose(label: string, password: string, button: string) {
  const field = await screen.findByLabelText(label)
  await user.clear(field)
  await user.click(field)
  await user.paste(password)
  await user.click(screen.getByRole('button', { name: button }))
}

test('without a token nobody is asked, and one is told to open the link again', async () => {
  renderPage(<ResetPassword onSignedIn={vi.fn()} />)
  expect(
    await screen.findByRole('heading', { name: 'Falta uma parte do endereço' }),
  ).toBeInTheDocument()
})

test.each([
  ['reset_password', <ResetPassword key={1} onSignedIn={vi.fn()} />, '/forgot-password'],
  ['invitation', <AcceptInvitation key={2} onSignedIn={vi.fn()} />, '/sign-in'],
  ['verify_email', <VerifyEmail key={3} />, '/sign-in'],
])('a used link of %s has a way on', async (_, page, way) => {
  for (const at of ['/reset-password', '/invitation', '/verify-email']) keepLinkToken(at, 'used')
  server.use(http.post('*/api/v1/auth/links/look', () => refuse('link_unusable', 404)))
  renderPage(page)
  expect(await screen.findByRole('heading', { name: 'Este link não vale mais' })).toHaveFocus()
  const links = screen.getAllByRole('link').map((link) => link.getAttribute('href'))
  expect(links).toContain(way)
})

test('a link of another kind opens nothing here', async () => {
  keepLinkToken('/reset-password', 'an invitation')
  server.use(aLink('invitation'))
  renderPage(<ResetPassword onSignedIn={vi.fn()} />)
  expect(
    await screen.findByRole('heading', { name: 'Este link não vale mais' }),
  ).toBeInTheDocument()
})

test('says why a password will not do, then saves the next one and goes in with it', async () => {
  keepLinkToken('/reset-password', 'token')
  openSession('of somebody else')
  const onSignedIn = vi.fn()
  const sent: unknown[] = []
  server.use(
    aLink('reset_password'),
    http.post('*/api/v1/auth/password/reset', async ({ request }) => {
      sent.push(await request.json())
      return sent.length === 1
        ? refuse('password_unacceptable', 422, { field: 'password', reason: 'too_easy' })
        : HttpResponse.json({ email: EMAIL })
    }),
    http.post('*/api/v1/auth/login', async ({ request }) => {
      expect(request.headers.get('Authorization')).toBeNull()
      expect(await request.json()).toEqual({ email: EMAIL, password: 'pão de queijo quente' })
      return signedIn()
    }),
  )
  renderPage(<ResetPassword onSignedIn={onSignedIn} />)
  await choose('Nova senha', 'curta', 'Salvar e entrar')
  expect(screen.getByText('A senha precisa ter de 10 a 200 caracteres.')).toBeVisible()
  expect(sent).toHaveLength(0)
  await choose('Nova senha', 'senha12345', 'Salvar e entrar')
  expect(await screen.findByText(/Esta senha é fácil de adivinhar/)).toBeVisible()
  await choose('Nova senha', 'pão de queijo quente', 'Salvar e entrar')
  await vi.waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce())
  expect(session.getState().token).toBe('new')
})

test('a new password with a second factor leads to the second step', async () => {
  keepLinkToken('/reset-password', 'token')
  server.use(
    aLink('reset_password'),
    http.post('*/api/v1/auth/password/reset', () => HttpResponse.json({ email: EMAIL })),
    http.post('*/api/v1/auth/login', () => refuse('second_factor_needed', 401)),
  )
  renderPage(<ResetPassword onSignedIn={vi.fn()} />)
  await choose('Nova senha', 'pão de queijo quente', 'Salvar e entrar')
  expect(await screen.findByLabelText('Código')).toHaveFocus()
})

test('who was invited is told by whom, and that an account exists already', async () => {
  keepLinkToken('/invitation', 'token')
  server.use(
    aLink('invitation', { role: 'viewer', inviter_name: 'Clara Aurora' }),
    http.post('*/api/v1/invitations/accept', () => refuse('email_taken', 409)),
  )
  renderPage(<AcceptInvitation onSignedIn={vi.fn()} />)
  expect(await screen.findByText('Clara Aurora')).toBeVisible()
  expect(screen.getByText('Observador')).toBeVisible()
  expect(screen.getByLabelText('Seu nome completo')).toHaveValue('Bia Ramos')
  await choose('Sua senha', 'pão de queijo quente', 'Criar conta e entrar')
  expect(await screen.findByRole('heading', { name: 'Você já tem uma conta' })).toBeInTheDocument()
})
