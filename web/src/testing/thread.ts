import { http, HttpResponse, type PathParams } from 'msw'
import type { components } from '@/shared/api/schema'
import { aConversation, anAnswer } from './factories'
import { server } from './server'

type Conversation = components['schemas']['ConversationRead']
type Message = components['schemas']['MessageRead']

/** A conversation in which one can answer now. */
export function anOpenConversation(over: Partial<Conversation> = {}): Conversation {
  const window_expires_at = new Date(Date.now() + 20 * 60 * 60_000).toISOString()
  return aConversation({ window_expires_at, ...over })
}

/** The server knows this conversation with these messages. */
export function answerThread(conversation: Conversation, messages: Message[]): void {
  server.use(
    http.get('*/api/v1/conversations', () =>
      HttpResponse.json({ items: [conversation], next: null }),
    ),
    http.get('*/api/v1/conversations/:id', () => HttpResponse.json(conversation)),
    http.get('*/api/v1/conversations/:id/messages', () =>
      HttpResponse.json({ items: messages, next: null }),
    ),
  )
}

export interface Written {
  key: string | null
  body: { type: string; content: { text: string }; reply_to?: string }
}

/** The server takes what is written, or answers as a test wants; every request is kept. */
export function takeMessages(
  answer?: (
    written: Written,
    count: number,
  ) => Promise<Response | undefined> | Response | undefined,
) {
  const requests: Written[] = []
  server.use(
    http.post<PathParams, Written['body']>(
      '*/api/v1/conversations/:id/messages',
      async ({ request }) => {
        const key = request.headers.get('Idempotency-Key')
        const written: Written = { key, body: await request.json() }
        requests.push(written)
        const other = await answer?.(written, requests.length)
        return other ?? HttpResponse.json(stored(written), { status: 201 })
      },
    ),
  )
  return requests
}

function stored({ key, body }: Written) {
  return anAnswer({
    id: `stored-${key}`,
    sender_type: 'agent',
    content: body.content,
    metadata: body.reply_to ? { reply_to: 'wamid.1' } : {},
    status: 'pending',
    whatsapp_message_id: null,
    created_at: new Date().toISOString(),
  })
}

export function refuse(status: number, code: string): Response {
  return HttpResponse.json({ error: { code, message: '', details: {} } }, { status })
}
