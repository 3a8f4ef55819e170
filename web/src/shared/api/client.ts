import createClient from 'openapi-fetch'
import { ApiError, errorFromBody, UNREACHABLE } from './errors'
import type { paths } from './schema'
import { expireSession, session } from './session'

export const api = createClient<paths>({
  baseUrl: globalThis.location.origin,
  fetch: (request) => globalThis.fetch(request),
})

api.use({
  onRequest({ request }) {
    const { token } = session.getState()
    if (token) request.headers.set('Authorization', bearer(token))
    return request
  },
  onResponse({ request, response }) {
    const { token } = session.getState()
    // A late refusal of an older token must not end the session that replaced it.
    const current = token !== null && request.headers.get('Authorization') === bearer(token)
    if (response.status === 401 && current) expireSession()
    return response
  },
})

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The body of a successful answer; every other outcome is an `ApiError`. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  const answer = await call.catch((cause: unknown) => {
    throw cause instanceof DOMException ? cause : new ApiError(0, UNREACHABLE, '')
  })
  if (!answer.response.ok) throw errorFromBody(answer.response.status, answer.error)
  if (answer.data === undefined) throw errorFromBody(answer.response.status, null)
  return answer.data
}

function bearer(token: string): string {
  return `Bearer ${token}`
}
