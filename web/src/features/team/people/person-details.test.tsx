import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { currentUserQuery } from '@/shared/api/current-user'
import { aUser } from '@/testing/factories'
import { aQueryClient, renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import { aPermissionTable, aPerson } from '@/testing/team'
import type { Permission } from '../types'
import { PersonDetails } from './person-details'

const user = userEvent.setup({ delay: null })
const table = aPermissionTable()
const AGENT = table.roles.find(({ role }) => role === 'agent')?.permissions ?? []

function seenBy(permissions: Permission[] | undefined, person = aPerson()) {
  const queries = aQueryClient()
  if (permissions) queries.setQueryData(currentUserQuery.queryKey, aUser({ permissions }))
  renderPage(<PersonDetails person={person} table={table} onClose={vi.fn()} />, queries)
}

beforeEach(() => {
  server.use(http.get('*/api/v1/departments', () => HttpResponse.json({ items: [] })))
})

test('an administrator changes a role, and only what changed about rights is sent', async () => {
  let sent: unknown
  server.use(
    http.patch('*/api/v1/people/person-1', async ({ request }) => {
      sent = await request.json()
      return HttpResponse.json(aPerson({ role: 'viewer' }))
    }),
  )
  seenBy(undefined)
  expect(screen.queryByRole('button', { name: 'Salvar alterações' })).not.toBeInTheDocument()
  await user.click(await screen.findByRole('radio', { name: /Observador/ }))
  await user.click(screen.getByRole('button', { name: 'Salvar alterações' }))
  await waitFor(() =>
    expect(sent).toEqual({
      full_name: 'Ana Souza',
      phone_number: null,
      role: 'viewer',
      preset: null,
      permissions: [],
    }),
  )
  expect(await screen.findByText('Alterações salvas.')).toBeVisible()
})

test('the last administrator is told why they stay one', async () => {
  server.use(
    http.patch('*/api/v1/people/person-1', () =>
      HttpResponse.json(
        { error: { code: 'last_administrator', message: '', details: {} } },
        { status: 409 },
      ),
    ),
  )
  seenBy(undefined, aPerson({ role: 'org_admin' }))
  await user.click(await screen.findByRole('radio', { name: /Atendente/ }))
  await user.click(screen.getByRole('button', { name: 'Salvar alterações' }))
  expect(await screen.findByRole('alert')).toHaveTextContent(/única pessoa que administra/)
})

test('nobody changes what they may do themselves, nor shows themselves out', async () => {
  seenBy(undefined, aPerson({ id: 'user-1' }))
  expect(await screen.findByText(/Ninguém muda a própria função/)).toBeVisible()
  expect(screen.getByRole('radio', { name: /Observador/ })).toBeDisabled()
  expect(screen.getByLabelText('Nome')).toBeEnabled()
  expect(screen.queryByRole('button', { name: 'Remover da equipe' })).not.toBeInTheDocument()
})

test('a deputy gives no role that may more than they do', async () => {
  seenBy([...AGENT, 'people.read', 'people.write'])
  expect(await screen.findByRole('radio', { name: /Administrador/ })).toBeDisabled()
  expect(screen.getByRole('radio', { name: /Atendente/ })).toBeEnabled()
})

test('who may more than the reader is out of their reach', async () => {
  seenBy([...AGENT, 'people.read', 'people.write'], aPerson({ granted: ['audit.read'] }))
  expect(await screen.findByText(/Esta pessoa pode mais do que você/)).toBeVisible()
  expect(screen.getByLabelText('Nome')).toBeDisabled()
  expect(screen.queryByRole('button', { name: 'Desativar acesso' })).not.toBeInTheDocument()
})
