import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import { CreateKeyForm } from './create-key-form'

const user = userEvent.setup({ delay: null })

test('after a lost answer the very same key is asked for', async () => {
  const requests: { key: string | null; body: unknown }[] = []
  server.use(
    http.post('*/api/v1/api-keys', async ({ request }) => {
      requests.push({ key: request.headers.get('Idempotency-Key'), body: await request.json() })
      return HttpResponse.json({ detail: 'away' }, { status: 503 })
    }),
  )
  renderPage(<CreateKeyForm onMade={() => undefined} onCancel={() => undefined} />)
  await user.type(await screen.findByRole('textbox', { name: /^Nome/ }), 'Loja virtual')
  await user.click((await screen.findAllByRole('checkbox'))[0] ?? document.body)
  await user.click(screen.getByRole('button', { name: 'Criar chave' }))
  await screen.findByRole('alert')
  const tried = requests.length
  await new Promise((resolve) => setTimeout(resolve, 5))
  await user.click(screen.getByRole('button', { name: 'Criar chave' }))
  await waitFor(() => expect(requests.length).toBeGreaterThan(tried))
  expect(requests[tried]).toEqual(requests[0])
})
