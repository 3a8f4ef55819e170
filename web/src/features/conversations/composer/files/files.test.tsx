import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { aMessage, anAnswer } from '@/testing/factories'
import { aGate } from '@/testing/gate'
import { aMediaLimits, aStoredFile } from '@/testing/media'
import { renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import { answerThread, anOpenConversation } from '@/testing/thread'
import { ThreadPane } from '../../thread/thread-pane'

const ID = 'conversation-1'
const user = userEvent.setup({ delay: null })

interface Asked {
  uploads: { query: string; type: string | null }[]
  messages: { key: string | null; body: unknown }[]
}

/** The server takes files and messages, or answers as a test wants. */
function takeFiles(
  upload?: () => Promise<Response | undefined>,
  write?: (count: number) => Response | undefined,
): Asked {
  const asked: Asked = { uploads: [], messages: [] }
  server.use(
    http.get('*/api/v1/media/limits', () => HttpResponse.json(aMediaLimits())),
    http.post('*/api/v1/media', async ({ request }) => {
      const type = request.headers.get('Content-Type')
      asked.uploads.push({ query: new URL(request.url).search, type })
      return (await upload?.()) ?? HttpResponse.json(aStoredFile(), { status: 201 })
    }),
    http.post('*/api/v1/conversations/:id/messages', async ({ request }) => {
      const body: { type: string; content: Record<string, unknown> } = JSON.parse(
        await request.text(),
      )
      asked.messages.push({ key: request.headers.get('Idempotency-Key'), body })
      const stored = anAnswer({ id: 'stored', sender_type: 'agent', ...body, metadata: {} })
      return write?.(asked.messages.length) ?? HttpResponse.json(stored, { status: 201 })
    }),
  )
  return asked
}

async function open() {
  answerThread(anOpenConversation({ id: ID }), [aMessage()])
  const { container } = renderPage(
    <ThreadPane conversationId={ID} detailsShown={false} onToggleDetails={() => undefined} />,
  )
  const region = await screen.findByRole('region', { name: 'Mensagens de Mariana Souza' })
  await within(region).findByText('Oi, tem pão de queijo hoje?')
  const input = container.querySelector<HTMLInputElement>('input[type="file"]')
  if (!input) throw new Error('there is nothing to choose files with')
  return { shown: within(region), input }
}

function aPhoto(size = 8, name = 'vitrine.jpg'): File {
  return new File([new Uint8Array(size)], name, { type: 'image/jpeg' })
}

function box(): HTMLElement {
  return screen.getByRole('textbox', { name: 'Mensagem para Mariana Souza' })
}

test('a photo leaves with its caption, and names what the server has stored', async () => {
  const asked = takeFiles()
  const { input } = await open()
  await user.upload(input, aPhoto())
  expect(await screen.findByText('vitrine.jpg')).toBeVisible()
  expect(box()).toHaveAttribute('placeholder', 'Escreva uma legenda')
  await user.type(box(), 'Acabou de sair{Enter}')

  await waitFor(() => expect(asked.messages).toHaveLength(1))
  expect(asked.uploads).toEqual([
    { query: '?kind=image&file_name=vitrine.jpg', type: 'image/jpeg' },
  ])
  expect(asked.messages[0]?.body).toEqual({
    type: 'image',
    content: { caption: 'Acabou de sair', media_file_id: 'media-1' },
  })
  expect(screen.queryByRole('list', { name: 'Arquivos a enviar' })).toBeNull()
})

test('a message that fails after its file is sent again without the file', async () => {
  const refusal = () =>
    HttpResponse.json({ error: { code: 'conflict', message: '', details: {} } }, { status: 409 })
  const asked = takeFiles(undefined, (count) => (count === 1 ? refusal() : undefined))
  const { shown, input } = await open()
  await user.upload(input, aPhoto())
  await user.click(await screen.findByRole('button', { name: 'Enviar' }))
  await user.click(await shown.findByRole('button', { name: 'Tentar de novo' }))

  await waitFor(() => expect(asked.messages).toHaveLength(2))
  expect(asked.uploads).toHaveLength(1)
  expect(asked.messages[1]).toEqual(asked.messages[0])
})

test('an upload can be stopped, and what waits behind it goes on', async () => {
  const never = aGate()
  const asked = takeFiles(async () => {
    await never.opened
    return undefined
  })
  const { shown, input } = await open()
  await user.upload(input, aPhoto())
  await user.click(await screen.findByRole('button', { name: 'Enviar' }))
  await user.type(box(), 'E um café?{Enter}')
  expect(await shown.findByRole('progressbar', { name: 'Envio do arquivo' })).toBeInTheDocument()
  await waitFor(() => expect(asked.uploads).toHaveLength(1))

  await user.click(shown.getByRole('button', { name: 'Cancelar envio' }))
  await waitFor(() => expect(asked.messages).toHaveLength(1))
  expect(asked.messages[0]?.body).toMatchObject({ type: 'text' })
  expect(shown.queryByRole('progressbar')).toBeNull()
  never.open()
})

test('what WhatsApp does not take is refused in words, and the rest is kept', async () => {
  takeFiles()
  const { input } = await open()
  const zip = new File(['x'], 'tudo.zip', { type: 'application/zip' })
  fireEvent.change(input, { target: { files: [aPhoto(2048, 'grande.jpg'), zip, aPhoto()] } })

  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('“grande.jpg” tem 2 KB. O WhatsApp aceita fotos de até 1.000 B.')
  expect(alert).toHaveTextContent('“tudo.zip”: o WhatsApp não aceita este tipo de arquivo.')
  expect(screen.getByText('vitrine.jpg')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Dispensar aviso' }))
  expect(screen.queryByRole('alert')).toBeNull()
})

test('files come by paste and by drop, and can be taken away again', async () => {
  takeFiles()
  await open()
  fireEvent.paste(box(), { clipboardData: { files: [aPhoto(8, 'colada.jpg')], types: ['Files'] } })
  expect(await screen.findByText('colada.jpg')).toBeVisible()

  const dataTransfer = { files: [aPhoto(8, 'solta.jpg')], types: ['Files'] }
  fireEvent.dragOver(document.body, { dataTransfer })
  expect(await screen.findByText('Solte para enviar a Mariana Souza')).toBeVisible()
  fireEvent.drop(document.body, { dataTransfer })
  expect(await screen.findByText('solta.jpg')).toBeVisible()
  expect(screen.queryByText('Solte para enviar a Mariana Souza')).toBeNull()

  await user.click(screen.getByRole('button', { name: 'Tirar colada.jpg' }))
  expect(screen.queryByText('colada.jpg')).toBeNull()
})

test('words that come with a picture of themselves are pasted as words', async () => {
  takeFiles()
  await open()
  const clipboardData = { files: [aPhoto()], types: ['text/plain', 'Files'] }
  expect(fireEvent.paste(box(), { clipboardData })).toBe(true)
  expect(screen.queryByText('vitrine.jpg')).toBeNull()
})
