import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { mayResume, openSession, session } from '@/shared/api/session'
import { renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import { ServerAway } from './server-away'

const REFRESH = '*/api/v1/auth/refresh'

beforeEach(() => {
  openSession('before')
  session.setState({ token: null })
})

function answers(...given: (() => Response)[]): void {
  server.use(http.post(REFRESH, () => (given.length > 1 ? given.shift() : given[0])?.()))
}

const busy = () => new HttpResponse(null, { status: 503 })

test('whoever asks again while it is away keeps the page and their session', async () => {
  answers(() => HttpResponse.error(), busy)
  const onBack = vi.fn()
  renderPage(<ServerAway onBack={onBack} />)
  const again = await screen.findByRole('button', { name: 'Tentar de novo' })
  await userEvent.click(again)
  await waitFor(() => expect(again).not.toHaveAttribute('data-loading'))
  await userEvent.click(again)
  await waitFor(() => expect(again).not.toHaveAttribute('data-loading'))
  expect(screen.getByRole('heading')).toHaveTextContent('O servidor não responde')
  expect(onBack).not.toHaveBeenCalled()
  expect(mayResume()).toBe(true)
})

test.each<[string, () => Response, string | null]>([
  ['lets them go on', () => HttpResponse.json({ access_token: 'resumed' }), 'resumed'],
  ['says that the session is over', () => new HttpResponse(null, { status: 401 }), null],
])('back again, it %s', async (_, answer, token) => {
  answers(answer)
  const onBack = vi.fn()
  renderPage(<ServerAway onBack={onBack} />)
  await screen.findByRole('heading')
  window.dispatchEvent(new Event('online'))
  await waitFor(() => expect(onBack).toHaveBeenCalled())
  expect(session.getState().token).toBe(token)
})
