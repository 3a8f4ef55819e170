import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { aUser } from '@/testing/factories'
import { renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import { keepLinkToken } from '../links/link-token'
import { SetupWizard } from './setup-wizard'

const user = userEvent.setup({ delay: null })
const look = http.post('*/api/v1/setup/look', () =>
  HttpResponse.json({ expires_at: '2026-11-19T17:00:00Z' }),
)

async function write(label: string, text: string) {
  const field = screen.getByLabelText(label)
  await user.clear(field)
  await user.click(field)
  await user.paste(text)
}

async function fillBoth() {
  await screen.findByLabelText('Nome da empresa')
  await write('Nome da empresa', 'Café São João')
  await user.click(screen.getByRole('button', { name: 'Continuar' }))
  await write('Seu nome completo', ' João Prado ')
  await write('E-mail', 'joao@cafe.example')
  await write('Senha', 'pão de queijo quente')
  await user.click(screen.getByRole('button', { name: 'Criar e entrar' }))
}

test('the short name follows the name until it is written by hand', async () => {
  keepLinkToken('/setup', 'token')
  server.use(look)
  renderPage(<SetupWizard onGoOn={vi.fn()} />)
  await screen.findByLabelText('Nome da empresa')
  await write('Nome da empresa', 'Café São João')
  expect(screen.getByLabelText('Identificador')).toHaveValue('cafe-sao-joao')
  await write('Identificador', 'cafe')
  await write('Nome da empresa', 'Café da Praça')
  expect(screen.getByLabelText('Identificador')).toHaveValue('cafe')

  await write('Identificador', 'café!')
  await user.click(screen.getByRole('button', { name: 'Continuar' }))
  expect(screen.getByLabelText('Identificador')).toHaveFocus()
  expect(screen.getByText(/Use letras minúsculas sem acento/)).toBeVisible()
})

test('creates, signs in, and says what comes next', async () => {
  keepLinkToken('/setup', 'token')
  const onGoOn = vi.fn()
  let sent: unknown
  server.use(
    look,
    http.post('*/api/v1/setup', async ({ request }) => {
      sent = await request.json()
      return HttpResponse.json({ email: 'joao@cafe.example' })
    }),
    http.post('*/api/v1/auth/login', () =>
      HttpResponse.json({ access_token: 't', token_type: 'bearer', expires_in: 9, user: aUser() }),
    ),
  )
  renderPage(<SetupWizard onGoOn={onGoOn} />)
  await fillBoth()
  expect(await screen.findByRole('heading', { name: 'Tudo pronto: Café São João' })).toHaveFocus()
  expect(sent).toMatchObject({
    token: 'token',
    name: 'Café São João',
    slug: 'cafe-sao-joao',
    locale: 'pt-BR',
    full_name: 'João Prado',
    email: 'joao@cafe.example',
  })
  await user.click(screen.getByRole('button', { name: 'Ir para as conversas' }))
  expect(onGoOn).toHaveBeenCalledOnce()
})

test('what is wrong with the first step is shown there', async () => {
  keepLinkToken('/setup', 'token')
  server.use(
    look,
    http.post('*/api/v1/setup', () =>
      HttpResponse.json(
        { error: { code: 'timezone_unknown', message: '', details: { timezone: 'x' } } },
        { status: 422 },
      ),
    ),
  )
  renderPage(<SetupWizard onGoOn={vi.fn()} />)
  await fillBoth()
  expect(await screen.findByText('O servidor não conhece este fuso horário.')).toBeVisible()
  expect(screen.getByLabelText('Nome da empresa')).toHaveValue('Café São João')
})

test.each([
  [false, 'Este link não vale mais'],
  [true, 'Esta instalação já está pronta'],
])('a link that opens nothing, in an installation set up: %s', async (is_set_up, title) => {
  keepLinkToken('/setup', 'old')
  server.use(
    http.post('*/api/v1/setup/look', () =>
      HttpResponse.json({ error: { code: 'link_unusable', details: {} } }, { status: 404 }),
    ),
    http.get('*/api/v1/installation', () =>
      HttpResponse.json({ is_set_up, sends_mail: false, shows_outbox: false }),
    ),
  )
  renderPage(<SetupWizard onGoOn={vi.fn()} />)
  expect(await screen.findByRole('heading', { name: title })).toBeInTheDocument()
})
