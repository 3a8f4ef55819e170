import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import type { Organization } from './api'
import { OrganizationForm } from './organization-form'

const user = userEvent.setup({ delay: null })

function anOrganization(): Organization {
  return {
    id: 'org-1',
    name: 'Padaria Aurora',
    slug: 'padaria-aurora',
    timezone: 'America/Sao_Paulo',
    locale: 'pt-BR',
    plan_type: 'free',
    plan_expires_at: null,
    limits: {
      max_chatbots: null,
      max_whatsapp_numbers: null,
      max_contacts: null,
      max_agents: null,
      max_departments: null,
      monthly_message_limit: null,
    },
    is_active: true,
    messages_paused_until: null,
    created_at: '2026-11-01T12:00:00Z',
  }
}

async function write(label: string, text: string) {
  const field = await screen.findByLabelText(label)
  await user.clear(field)
  if (text) {
    await user.click(field)
    await user.paste(text)
  }
}

const save = () => user.click(screen.getByRole('button', { name: 'Salvar alterações' }))

test('says beside the field what is wrong, without asking the server', async () => {
  renderPage(<OrganizationForm organization={anOrganization()} readOnly={false} />)
  await write('Nome', '')
  await write('Identificador', 'Padaria São João')
  await save()
  expect(screen.getByText('Informe o nome da empresa.')).toBeVisible()
  expect(screen.getByText(/Use letras minúsculas sem acento/)).toBeVisible()
  expect(screen.getByLabelText('Nome')).toHaveFocus()
})

test('a slug that somebody has is told at the slug', async () => {
  server.use(
    http.patch('*/api/v1/organization', () =>
      HttpResponse.json(
        { error: { code: 'slug_taken', message: 'x', details: { slug: 'lua' } } },
        { status: 409 },
      ),
    ),
  )
  renderPage(<OrganizationForm organization={anOrganization()} readOnly={false} />)
  await write('Identificador', 'lua')
  await save()
  expect(await screen.findByText('Já existe uma empresa com este identificador.')).toBeVisible()
  expect(screen.getByLabelText('Identificador')).toBeInvalid()
  expect(screen.queryByRole('alert')).not.toBeInTheDocument()
})

test('whoever may only look has nothing to save', async () => {
  renderPage(<OrganizationForm organization={anOrganization()} readOnly />)
  expect(await screen.findByLabelText('Nome')).toHaveAttribute('readonly')
  expect(screen.queryByRole('button', { name: 'Salvar alterações' })).not.toBeInTheDocument()
})
