import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import { TwoFactorCard } from './two-factor-card'

const user = userEvent.setup({ delay: null })
const EMAIL = 'helena@padaria-aurora.example'

function stands(is_on: boolean, recovery_codes_left: number) {
  server.use(
    http.get('*/api/v1/auth/two-factor', () => HttpResponse.json({ is_on, recovery_codes_left })),
  )
}

test.each([
  [10, 'Restam 10 códigos de recuperação.', undefined],
  [3, 'Restam 3 códigos de recuperação.', undefined],
  [2, 'Restam 2 códigos de recuperação.', /antes que acabem/],
  [1, 'Resta 1 código de recuperação.', /antes que acabem/],
  [0, undefined, /Não há mais códigos/],
])('with %i codes left it warns in time', async (left, told, warning) => {
  stands(true, left)
  renderPage(<TwoFactorCard email={EMAIL} />)
  expect(await screen.findByText('Ativada')).toBeVisible()
  if (told) expect(screen.getByText(told)).toBeVisible()
  if (warning) expect(screen.getByRole('status')).toHaveTextContent(warning)
  else expect(screen.queryByRole('status')).not.toBeInTheDocument()
})

test('switching it off asks for both, and tells beside each what is wrong with it', async () => {
  stands(true, 10)
  let refusal = 'wrong_password'
  server.use(
    http.post('*/api/v1/auth/two-factor/disable', () =>
      HttpResponse.json({ error: { code: refusal, message: '', details: {} } }, { status: 422 }),
    ),
  )
  renderPage(<TwoFactorCard email={EMAIL} />)
  await user.click(await screen.findByRole('button', { name: 'Desativar' }))
  const password = await screen.findByLabelText('Sua senha')
  const code = screen.getByLabelText('Código do aplicativo ou de recuperação')
  await user.click(code)
  await user.paste('123456')
  await user.keyboard('{Enter}')
  expect(password).toHaveAttribute('data-invalid', 'true')
  expect(screen.getByText('Informe a sua senha.')).toBeVisible()

  await user.click(password)
  await user.paste('errada')
  await user.keyboard('{Enter}')
  expect(await screen.findByText('Esta não é a sua senha atual.')).toBeVisible()
  expect(code).toBeValid()

  refusal = 'wrong_code'
  await user.keyboard('{Enter}')
  expect(await screen.findByText(/Código errado ou já usado/)).toBeVisible()
  expect(password).not.toHaveAttribute('data-invalid')
})
