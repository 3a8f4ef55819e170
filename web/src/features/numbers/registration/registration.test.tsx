import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { aNumber } from '@/testing/numbers'
import { renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import { Registration } from './registration'

const user = userEvent.setup({ delay: null })
const NUMBER = '*/api/v1/whatsapp-numbers/:id'

function press(name: string): Promise<void> {
  return user.click(screen.getByRole('button', { name }))
}

function refuses(details: Record<string, unknown>) {
  return () =>
    HttpResponse.json(
      { error: { code: 'whatsapp_refused', message: '', details: { title: 'No', ...details } } },
      { status: 409 },
    )
}

test('what is next is open: a pending number is registered, one that is connected needs nothing', async () => {
  const { unmount } = renderPage(<Registration number={aNumber({ status: 'PENDING' })} />)
  expect(await screen.findByRole('button', { name: 'Registrar na Meta' })).toBeVisible()
  unmount()

  renderPage(<Registration number={aNumber()} />)
  expect(await screen.findByRole('button', { name: 'Registrar' })).toHaveAttribute(
    'aria-expanded',
    'false',
  )
  expect(screen.queryByRole('button', { name: 'Registrar na Meta' })).toBeNull()
})

test('a number that no code has proven is proven first, then registered', async () => {
  const pending = aNumber({ status: 'PENDING', code_verification_status: 'NOT_VERIFIED' })
  const { unmount } = renderPage(<Registration number={pending} />)
  expect(await screen.findByRole('button', { name: 'Confirmar o código' })).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Encerrar o registro' })).toBeNull()
  unmount()

  renderPage(<Registration number={aNumber({ code_verification_status: 'EXPIRED' })} />)
  expect(await screen.findByRole('button', { name: 'Verificar o número' })).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Confirmar o código' })).toBeNull()
})

test('it is deregistered once that was confirmed', async () => {
  const asked: (string | null)[] = []
  server.use(
    http.post(`${NUMBER}/deregister`, ({ request }) => {
      asked.push(request.headers.get('Idempotency-Key'))
      return HttpResponse.json(aNumber({ status: 'DISCONNECTED' }))
    }),
  )
  renderPage(<Registration number={aNumber()} />)
  await user.click(await screen.findByRole('button', { name: 'Encerrar o registro' }))
  const question = within(
    await screen.findByRole('dialog', { name: 'Encerrar o registro de Padaria Aurora?' }),
  )
  expect(question.getByText(/as conversas, os contatos e as configurações ficam/i)).toBeVisible()
  expect(asked).toEqual([])
  await user.click(question.getByRole('button', { name: 'Encerrar o registro' }))

  expect(await screen.findByText('O registro de Padaria Aurora foi encerrado.')).toBeVisible()
  expect(asked).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)])
})

test('a code that was asked for and whose answer was lost is asked for by the same key', async () => {
  const keys: (string | null)[] = []
  server.use(
    http.post(`${NUMBER}/code/request`, ({ request }) => {
      keys.push(request.headers.get('Idempotency-Key'))
      return keys.length === 1 ? HttpResponse.error() : HttpResponse.json(aNumber())
    }),
  )
  renderPage(<Registration number={aNumber({ status: 'UNVERIFIED' })} />)
  await user.click(await screen.findByRole('button', { name: 'Pedir o código' }))
  await screen.findByRole('alert')
  await press('Pedir o código')
  await user.click(await screen.findByRole('button', { name: 'Pedir outro código' }))

  await vi.waitFor(() => expect(keys).toHaveLength(3))
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[0])
})

test('a PIN is set only once it was written twice and confirmed', async () => {
  const sent: unknown[] = []
  server.use(
    http.put(`${NUMBER}/pin`, async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json(aNumber())
    }),
  )
  renderPage(<Registration number={aNumber()} />)
  await user.click(await screen.findByRole('button', { name: 'Definir ou trocar o PIN' }))
  await user.type(screen.getByLabelText('Novo PIN de 6 dígitos'), '445566')
  await user.type(screen.getByLabelText('O PIN de novo'), '445567')
  await press('Definir o PIN')
  expect(await screen.findByText('Os dois PINs são diferentes.')).toBeVisible()

  await user.type(screen.getByLabelText('O PIN de novo'), '{Backspace}6')
  await press('Definir o PIN')
  const question = within(await screen.findByRole('dialog', { name: 'Definir este PIN?' }))
  expect(sent).toEqual([])
  await user.click(question.getByRole('button', { name: 'Definir o PIN' }))

  expect(await screen.findByText('O PIN é este agora. Guarde-o bem.')).toBeVisible()
  expect(sent).toEqual([{ pin: '445566' }])
})

test('a code is asked for in the reader’s language, and a wrong one is told', async () => {
  const asked: unknown[] = []
  server.use(
    http.post(`${NUMBER}/code/request`, async ({ request }) => {
      asked.push(await request.json())
      return HttpResponse.json(aNumber())
    }),
    http.post(
      `${NUMBER}/code/verify`,
      refuses({ meta_code: 136025, meta_details: 'The code is wrong.' }),
    ),
  )
  renderPage(<Registration number={aNumber({ status: 'UNVERIFIED' })} />)
  await user.click(await screen.findByRole('radio', { name: 'Por ligação' }))
  await press('Pedir o código')
  expect(await screen.findByText('A Meta está ligando para o número.')).toBeVisible()
  expect(asked).toEqual([{ method: 'VOICE', language: 'pt_BR' }])

  await user.type(screen.getByLabelText('Código de 6 dígitos'), '123 456{Enter}')
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('O código está errado ou venceu.')
  expect(alert).toHaveTextContent('The code is wrong. (136025)')
})
