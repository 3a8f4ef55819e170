import { http, HttpResponse } from 'msw'
import { server } from '@/testing/server'
import { api, done, unwrap } from './client'
import { ApiError } from './errors'
import { resumeSession } from './refresh'
import { openSession, session } from './session'

const ME = '*/api/v1/auth/me'
const expired = { error: { code: 'invalid_token', message: 'Sign in again.', details: {} } }

function me() {
  return unwrap(api.GET('/api/v1/auth/me'))
}

test('sends the token', async () => {
  let sent: string | null = null
  server.use(
    http.get(ME, ({ request }) => {
      sent = request.headers.get('Authorization')
      return HttpResponse.json({ id: '1' })
    }),
  )
  openSession('abc')
  await me()
  expect(sent).toBe('Bearer abc')
})

test('a refused token ends the session', async () => {
  server.use(http.get(ME, () => HttpResponse.json(expired, { status: 401 })))
  openSession('abc')
  await expect(me()).rejects.toMatchObject({ status: 401, code: 'invalid_token' })
  expect(session.getState()).toEqual({ token: null, expired: true })
})

test('a token that ran out is renewed, and nobody notices', async () => {
  let renewed = 0
  server.use(
    http.post('*/api/v1/auth/refresh', () => {
      renewed += 1
      return HttpResponse.json({ access_token: 'fresh' })
    }),
    http.get(ME, ({ request }) =>
      request.headers.get('Authorization') === 'Bearer fresh'
        ? HttpResponse.json({ id: '1' })
        : HttpResponse.json(expired, { status: 401 }),
    ),
  )
  openSession('stale')
  await expect(Promise.all([me(), me(), me()])).resolves.toHaveLength(3)
  expect(renewed).toBe(1)
  expect(session.getState()).toEqual({ token: 'fresh', expired: false })
})

test('a server that cannot be asked for a new token ends nothing', async () => {
  server.use(
    http.post('*/api/v1/auth/refresh', () => HttpResponse.error()),
    http.get(ME, () => HttpResponse.json(expired, { status: 401 })),
  )
  openSession('abc')
  await expect(me()).rejects.toMatchObject({ status: 401 })
  expect(session.getState().token).toBe('abc')
})

test('the next page goes on with the cookie, if anybody signed in here', async () => {
  let asked = 0
  server.use(
    http.post('*/api/v1/auth/refresh', () => {
      asked += 1
      return HttpResponse.json({ access_token: 'resumed' })
    }),
  )
  await resumeSession()
  expect(asked).toBe(0)
  openSession('before')
  session.setState({ token: null })
  await resumeSession()
  expect(session.getState().token).toBe('resumed')
})

test('the late refusal of an older token leaves the new session alone', async () => {
  server.use(
    http.get(ME, () => {
      openSession('new')
      return HttpResponse.json(expired, { status: 401 })
    }),
  )
  openSession('old')
  await expect(me()).rejects.toBeInstanceOf(ApiError)
  expect(session.getState().token).toBe('new')
})

test('a wrong password does not end anything', async () => {
  server.use(http.get(ME, () => HttpResponse.json(expired, { status: 401 })))
  await expect(me()).rejects.toBeInstanceOf(ApiError)
  expect(session.getState()).toEqual({ token: null, expired: false })
})

test('an answer that is not ours is still an error with a code', async () => {
  server.use(http.get(ME, () => new HttpResponse('<html>Bad gateway</html>', { status: 502 })))
  await expect(me()).rejects.toMatchObject({ status: 502, code: 'http_502' })
})

test('no answer at all is unreachable', async () => {
  server.use(http.get(ME, () => HttpResponse.error()))
  await expect(me()).rejects.toMatchObject({ status: 0, code: 'unreachable' })
})

test('what is answered without a body is done, or refused like anything else', async () => {
  const path = '*/api/v1/departments/1'
  const remove = () =>
    done(
      api.DELETE('/api/v1/departments/{department_id}', {
        params: { path: { department_id: '1' } },
      }),
    )
  server.use(http.delete(path, () => new HttpResponse(null, { status: 204 })))
  await expect(remove()).resolves.toBeUndefined()
  server.use(
    http.delete(path, () =>
      HttpResponse.json({ error: { code: 'not_found', message: '' } }, { status: 404 }),
    ),
  )
  await expect(remove()).rejects.toMatchObject({ status: 404, code: 'not_found' })
})
