import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { aConversation } from '@/testing/factories'
import { renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import { DetailsPane } from './details-pane'

const user = userEvent.setup({ delay: null })
const conversation = aConversation()
const contact = conversation.contact.id

const known = {
  kind: 'wa_id',
  source: 'message',
  first_seen_at: '2026-01-01T12:00:00Z',
  last_seen_at: '2026-02-01T12:00:00Z',
}

function answer(merges: unknown[], suggestions: unknown[]) {
  server.use(
    http.get('*/api/v1/conversations/:id', () => HttpResponse.json(conversation)),
    http.get('*/api/v1/contacts/:id/identities', () =>
      HttpResponse.json({
        contact_id: contact,
        country: 'BR',
        items: [{ ...known, value: '5511900000088', state: 'given_up' }],
        marketing: { wanted: false, since: '2026-11-02T12:00:00Z', source: 'whatsapp' },
        merges,
      }),
    ),
    http.get('*/api/v1/contacts/:id/merge-suggestions', () =>
      HttpResponse.json({ items: suggestions }),
    ),
  )
}

function glance(id: string, name: string) {
  return { id, name, phone: '+5511900000077', username: null, last_message_at: null }
}

test('whoever may be the same person is asked about, and merged when somebody says so', async () => {
  let accepted: unknown
  answer(
    [],
    [
      {
        id: 'suggestion-1',
        reason: 'number_change',
        created_at: '2026-11-02T12:00:00Z',
        one: glance(contact, 'Mariana'),
        other: glance('other', 'Mari'),
      },
    ],
  )
  server.use(
    http.post('*/api/v1/contact-merge-suggestions/:id/accept', ({ params }) => {
      accepted = params.id
      return HttpResponse.json({ contact_id: contact, merge_id: 'merge-1' }, { status: 201 })
    }),
  )
  renderPage(<DetailsPane conversationId={conversation.id} onClose={() => undefined} />)

  await screen.findByRole('region', { name: 'Parece ser a mesma pessoa' })
  expect(screen.getByText(/Mari · \+55 11 90000-0077/)).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Unir' }))

  await waitFor(() => {
    expect(accepted).toBe('suggestion-1')
  })
})

test('it says what somebody was known by, what they do not want, and how to undo a merge', async () => {
  let undone: unknown
  answer(
    [
      {
        id: 'merge-1',
        name: 'Mari',
        phone: null,
        reason: 'by_hand',
        merged_at: '2026-11-02T12:00:00Z',
        can_undo: true,
      },
    ],
    [],
  )
  server.use(
    http.post('*/api/v1/contact-merges/:id/undo', ({ params }) => {
      undone = params.id
      return HttpResponse.json({ contact_id: contact, other_id: 'other' }, { status: 201 })
    }),
  )
  renderPage(<DetailsPane conversationId={conversation.id} onClose={() => undefined} />)

  expect(await screen.findByText('+55 11 90000-0088')).toBeInTheDocument()
  expect(screen.getByText('Brasil')).toBeInTheDocument()
  expect(screen.getByText('Não quer receber desde 2 de nov. de 2026')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Separar' }))

  await waitFor(() => {
    expect(undone).toBe('merge-1')
  })
})
