import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import { aPermissionTable, aUsage } from '@/testing/team'
import { InviteForm } from './invite-form'

const user = userEvent.setup({ delay: null })
const PATH = '*/api/v1/invitations'

function refuse(status: number, code: string, details = {}) {
  return HttpResponse.json({ error: { code, message: '', details } }, { status })
}

/** Answers each invitation as told, and gives back the addresses in the order they were asked for. */
function answering(answers: Record<string, () => Response>): string[] {
  const asked: string[] = []
  server.use(
    http.post(PATH, async ({ request }) => {
      const body: unknown = await request.json()
      const email = typeof body === 'object' && body && 'email' in body ? String(body.email) : ''
      asked.push(email)
      return answers[email]?.() ?? HttpResponse.json({ id: email }, { status: 201 })
    }),
  )
  return asked
}

async function invite(...addresses: string[]) {
  const onDone = vi.fn()
  renderPage(<InviteForm onDone={onDone} />)
  const [first] = await screen.findAllByLabelText(/^E-mail/)
  if (!first) throw new Error('no field')
  await user.click(first)
  await user.paste(addresses.join(', '))
  await user.click(screen.getByRole('button', { name: /^Enviar/ }))
  return onDone
}

function shown(): string[] {
  return screen.getAllByLabelText<HTMLInputElement>(/^E-mail/).map(({ value }) => value)
}

beforeEach(() => {
  server.use(
    http.get('*/api/v1/permissions', () => HttpResponse.json(aPermissionTable())),
    http.get('*/api/v1/organization/usage', () => HttpResponse.json(aUsage())),
  )
})

test('everybody who was pasted is invited, one after the other', async () => {
  const asked = answering({})
  const onDone = await invite('ana.lima@padaria.example', 'bia.reis@padaria.example')
  await waitFor(() => expect(onDone).toHaveBeenCalled())
  expect(asked).toEqual(['ana.lima@padaria.example', 'bia.reis@padaria.example'])
  expect(await screen.findByText('2 convites enviados.')).toBeVisible()
})

test('who could not be invited stays, with the reason beside the field', async () => {
  answering({ 'ana.lima@padaria.example': () => refuse(409, 'email_taken') })
  const onDone = await invite('ana.lima@padaria.example', 'bia.reis@padaria.example')
  expect(await screen.findByText(/Já existe uma conta/)).toBeVisible()
  expect(shown()).toEqual(['ana.lima@padaria.example'])
  expect(onDone).not.toHaveBeenCalled()
})

test('a full plan stops the rest, and says how much there is and where to change it', async () => {
  const limit = { limit: 'max_agents', allowed: 3, used: 3 }
  const asked = answering({
    'bia.reis@padaria.example': () => refuse(409, 'limit_reached', limit),
  })
  await invite('ana.lima@padaria.example', 'bia.reis@padaria.example', 'caio.sa@padaria.example')
  expect(await screen.findByText(/permite 3 pessoas que atendem, e já são 3/)).toBeVisible()
  expect(screen.getByRole('link', { name: 'Ver os limites da empresa' })).toHaveAttribute(
    'href',
    '/settings/organization',
  )
  expect(asked).toHaveLength(2)
  expect(shown()).toEqual(['bia.reis@padaria.example', 'caio.sa@padaria.example'])
})
