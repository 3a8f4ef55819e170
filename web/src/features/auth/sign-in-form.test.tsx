import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { delay, http, HttpResponse } from 'msw'
import { session } from '@/shared/api/session'
import { aUser } from '@/testing/factories'
import { aQueryClient, renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import { SignInForm } from './sign-in-form'

const LOGIN = '*/api/v1/auth/login'

function refuse(status: number, code: string) {
  return http.post(LOGIN, () =>
    HttpResponse.json({ error: { code, message: 'for developers', details: {} } }, { status }),
  )
}

const user = userEvent.setup({ delay: null })

async function fill(email: string, password: string) {
  await write(await screen.findByLabelText('E-mail'), email)
  await write(screen.getByLabelText('Senha'), password)
  await user.click(screen.getByRole('button', { name: 'Entrar' }))
}

async function write(field: HTMLElement, text: string) {
  if (text === '') return
  await user.click(field)
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
  [refuse(500, 'internal_error'), 'O servidor tropeçou. Tente de novo em instantes.'],
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
