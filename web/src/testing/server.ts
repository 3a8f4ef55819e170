import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'

const refused = { error: { code: 'invalid_token', message: 'Sign in again.', details: {} } }

const installation = { is_set_up: true, sends_mail: true, shows_outbox: false }

const uncounted = { by_filter: {}, by_status: {} }

const unknown = {
  contact_id: 'contact-1',
  country: null,
  items: [],
  marketing: { wanted: null, since: null, source: null },
  merges: [],
}

/** Answers what a test tells it to; any other request fails the test. Nobody has a cookie to go on with. */
export const server = setupServer(
  http.post('*/api/v1/auth/refresh', () => HttpResponse.json(refused, { status: 401 })),
  http.get('*/api/v1/installation', () => HttpResponse.json(installation)),
  http.get('*/api/v1/conversations/counts', () => HttpResponse.json(uncounted)),
  http.get('*/api/v1/contacts/:id/identities', () => HttpResponse.json(unknown)),
  http.get('*/api/v1/contacts/:id/merge-suggestions', () => HttpResponse.json({ items: [] })),
  http.post('*/api/v1/auth/logout', () => new HttpResponse(null, { status: 204 })),
)
