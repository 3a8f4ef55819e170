import createClient from 'openapi-fetch'
import { ApiError, errorFromBody, UNREACHABLE } from './errors'
import { refreshSession } from './refresh'
import type { paths } from './schema'
import { expireSession, session } from './session'

export const api = createClient<paths>({
  baseUrl: globalThis.location.origin,
  fetch: (request) => fetchSignedIn(request),
})

api.use({
  onRequest({ request }) {
    const { token } = session.getState()
    if (token) request.headers.set('Authorization', bearer(token))
    return request
  },
})

/** Access tokens end after minutes: one that is refused is renewed, and the request is made once more. */
async function fetchSignedIn(request: Request): Promise<Response> {
  const sent = request.headers.get('Authorization')
  const again = sent === null ? undefined : request.clone()
  const response = await globalThis.fetch(request)
  if (response.status !== 401 || again === undefined) return response
  const outcome = isCurrent(sent) ? await refreshSession() : 'renewed'
  const { token } = session.getState()
  if (outcome === 'renewed' && token !== null) {
    again.headers.set('Authorization', bearer(token))
    return globalThis.fetch(again)
  }
  // A late refusal of an older token must not end the session that replaced it.
  if (outcome === 'refused' && isCurrent(sent)) expireSession()
  return response
}

function isCurrent(authorization: string | null): boolean {
  const { token } = session.getState()
  return token !== null && authorization === bearer(token)
}

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The body of a successful answer; every other outcome is an `ApiError`. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, response } = await succeeded(call)
  if (data === undefined) throw errorFromBody(response.status, null)
  return data
}

/** For what is answered without a body. */
export async function done(call: Promise<Answer<unknown>>): Promise<void> {
  await succeeded(call)
}

async function succeeded<T>(call: Promise<Answer<T>>): Promise<Answer<T>> {
  const answer = await call.catch((cause: unknown) => {
    throw cause instanceof DOMException ? cause : new ApiError(0, UNREACHABLE, '')
  })
  if (!answer.response.ok) throw errorFromBody(answer.response.status, answer.error)
  return answer
}

function bearer(token: string): string {
  return `Bearer ${token}`
}
