import { http, HttpResponse, ws } from 'msw'
import { server } from './server'

/** A live stream that a test speaks through. Resolves with the speaking end once the page has connected. */
export function aLiveStream(): Promise<(type: string, payload: object) => void> {
  const socket = ws.link('ws://*/ws*')
  let sequence = 0

  return new Promise((resolve) => {
    server.use(
      http.post('*/api/v1/realtime/ticket', () =>
        HttpResponse.json({ ticket: 't', expires_in: 30, cursor: '1-0' }),
      ),
      socket.addEventListener('connection', ({ client }) => {
        client.send(JSON.stringify({ type: 'ready', cursor: '1-0' }))
        resolve((type, payload) => {
          sequence += 1
          const event = { type, payload, created_at: '2026-11-18T17:00:00Z' }
          client.send(JSON.stringify({ type: 'event', cursor: `2-${sequence}`, event }))
        })
      }),
    )
  })
}
