import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { delay, http, HttpResponse } from 'msw'
import { session } from '@/shared/api/session'
import { isRecord } from '@/shared/json/read'
import { aUser } from '@/testing/factories'
import { aQueryClient, renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import { keepTyped } from './email-memory'
import { SignInForm } from './sign-in-form'

const LOGIN = '*/api/v1/auth/login'

function refuse(status: number, code: string) {
  return http.post(LOGIN, () =>
    HttpResponse.json({ error: { code, message: 'for developers', details: {} } }, { status }),
  )
}

beforeEach(() => keepTyped(''))

const user = userEvent.setup({ delay: null })

async function fill(email: string, password: string) {
  await write(await screen.findByLabelText('E-mail'), email)
  await write(screen.getByLabelText('Senha'), password)
  await user.click(screen.getByRole('button', { name: 'Entrar' }))
}

async function write(field: HTMLElement, text: string) {
  await user.clear(field)
  if (text === '') return
  await user.paste(text)
}

test('keeps the token and says so', async () => {
  const onSignedIn = vi.fn()
  let sent: unknown
  server.use(
    http.post(LOGIN, async ({ request }) => {
      sent = await request.json()
      return HttpResponse.json({
        access_token: 'secret',
        token_type: 'bearer',
        expires_in: 3600,
        user: aUser(),
      })
    }),
  )
  const queries = aQueryClient()
  queries.setQueryData(['left by somebody else'], 1)
  renderPage(<SignInForm onSignedIn={onSignedIn} />, queries)
  await fill('  helena@padaria-aurora.example ', 'pão de queijo')

  await vi.waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce())
  expect(sent).toEqual({ email: 'helena@padaria-aurora.example', password: 'pão de queijo' })
  expect(session.getState().token).toBe('secret')
  expect(queries.getQueryData(['left by somebody else'])).toBeUndefined()
})

test('says what is missing without asking the server, and goes there', async () => {
  renderPage(<SignInForm onSignedIn={vi.fn()} />)
  await fill('', '')
  expect(screen.getByText('Informe o e-mail.')).toBeVisible()
  expect(screen.getByText('Informe a senha.')).toBeVisible()
  expect(screen.getByLabelText('E-mail')).toHaveFocus()
  expect(screen.getByLabelText('E-mail')).toBeInvalid()

  await fill('helena@', 'x')
  expect(screen.getByText('Este e-mail está incompleto.')).toBeVisible()
  expect(screen.queryByText('Informe a senha.')).not.toBeInTheDocument()
})

test.each([
  [refuse(401, 'wrong_credentials'), 'E-mail ou senha incorretos.'],
  [refuse(429, 'too_many'), 'Muitas tentativas. Espere um pouco e tente de novo.'],
  [refuse(500, 'internal_error'), 'Algo deu errado no servidor. Tente de novo em instantes.'],
  [
    http.post(LOGIN, () => HttpResponse.error()),
    'Não foi possível falar com o servidor. Verifique sua conexão.',
  ],
])('says in words why it failed (%#)', async (handler, sentence) => {
  server.use(handler)
  renderPage(<SignInForm onSignedIn={vi.fn()} />)
  await fill('helena@padaria-aurora.example', 'errada')
  expect(await screen.findByRole('alert')).toHaveTextContent(sentence)
  expect(screen.getByLabelText('Senha')).toHaveValue('errada')
})

test('asks only once while the server thinks', async () => {
  let asked = 0
  server.use(
    http.post(LOGIN, async () => {
      asked += 1
      await delay('infinite')
    }),
  )
  renderPage(<SignInForm onSignedIn={vi.fn()} />)
  await fill('helena@padaria-aurora.example', 'x')
  await user.click(screen.getByRole('button', { name: 'Entrar' }))
  expect(asked).toBe(1)
})

const right = () =>
  HttpResponse.json({ access_token: 't', token_type: 'bearer', expires_in: 900, user: aUser() })

function inTwoSteps(seen: unknown[]) {
  return http.post(LOGIN, async ({ request }) => {
    const sent = await request.json()
    seen.push(sent)
    const code = isRecord(sent) ? sent.code : undefined
    if (code === '123456' || code === 'abcd-efgh-jkmn-pqrs') return right()
    const refusal = code === undefined ? 'second_factor_needed' : 'wrong_code'
    return HttpResponse.json({ error: { code: refusal, details: {} } }, { status: 401 })
  })
}

test('asks for the code in a second step, and sends it with the sixth digit', async () => {
  const seen: unknown[] = []
  const onSignedIn = vi.fn()
  server.use(inTwoSteps(seen))
  renderPage(<SignInForm onSignedIn={onSignedIn} />)
  await fill('helena@padaria-aurora.example', 'x')

  expect(await screen.findByRole('heading', { name: 'Verificação em duas etapas' })).toBeVisible()
  expect(screen.queryByRole('alert')).not.toBeInTheDocument()
  const code = screen.getByLabelText('Código')
  expect(code).toHaveFocus()
  await user.type(code, '99 99 99')
  expect(await screen.findByText('Código errado ou já usado.')).toBeVisible()
  expect(code).toBeInvalid()
  await user.clear(code)
  await user.type(code, '123456')
  await vi.waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce())
  expect(seen).toHaveLength(3)
})

test('a recovery code does as well, and one can go back', async () => {
  const onSignedIn = vi.fn()
  server.use(inTwoSteps([]))
  renderPage(<SignInForm onSignedIn={onSignedIn} />)
  await fill('helena@padaria-aurora.example', 'x')
  await user.click(await screen.findByRole('button', { name: 'Voltar' }))
  await user.click(await screen.findByRole('button', { name: 'Entrar' }))
  await user.click(await screen.findByRole('button', { name: 'Usar um código de recuperação' }))
  const code = screen.getByLabelText('Código de recuperação')
  await user.click(screen.getByRole('button', { name: 'Verificar' }))
  expect(screen.getByText('Digite o código inteiro.')).toBeVisible()
  await user.type(code, 'abcd-efgh-jkmn-pqrs{Enter}')
  await vi.waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce())
})

test('a lock says how long it lasts, for this address only', async () => {
  server.use(
    http.post(LOGIN, () =>
      HttpResponse.json(
        { error: { code: 'too_many_attempts', message: '', details: { retry_after: 872 } } },
        { status: 429 },
      ),
    ),
  )
  renderPage(<SignInForm onSignedIn={vi.fn()} />)
  await fill('helena@padaria-aurora.example', 'errada')
  expect(await screen.findByRole('timer')).toHaveTextContent(/em 14:3[12]\./)
  expect(screen.getByRole('button', { name: 'Entrar' })).toBeDisabled()
  expect(screen.getByRole('link', { name: 'Ou crie uma nova senha' })).toHaveAttribute(
    'href',
    '/forgot-password',
  )
  await user.type(screen.getByLabelText('E-mail'), '.br')
  expect(screen.getByRole('button', { name: 'Entrar' })).toBeEnabled()
})

test('remembers the address when asked to, and forgets it when not', async () => {
  server.use(http.post(LOGIN, right))
  const first = vi.fn()
  const page = renderPage(<SignInForm onSignedIn={first} />)
  await fill('helena@padaria-aurora.example', 'x')
  await vi.waitFor(() => expect(first).toHaveBeenCalled())
  page.unmount()

  const second = vi.fn()
  const again = renderPage(<SignInForm onSignedIn={second} />)
  expect(await screen.findByLabelText('E-mail')).toHaveValue('helena@padaria-aurora.example')
  await user.click(screen.getByRole('checkbox', { name: 'Lembrar meu login' }))
  await fill('helena@padaria-aurora.example', 'x')
  await vi.waitFor(() => expect(second).toHaveBeenCalled())
  again.unmount()

  renderPage(<SignInForm onSignedIn={vi.fn()} />)
  expect(await screen.findByLabelText('E-mail')).toHaveValue('')
})
