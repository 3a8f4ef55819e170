import { fireEvent, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { aMessage } from '@/testing/factories'
import { renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import { MessageContent } from '../message/message-content'
import type { Message } from '../types'

const STORED: NonNullable<Message['media']> = {
  state: 'stored',
  error: null,
  mime_type: 'image/jpeg',
  file_name: null,
  size: 23_180,
  width: 960,
  height: 720,
  has_thumbnail: true,
}
const PLACE = '/api/v1/media/files/'
const LINKS = '/api/v1/conversations/:id/media-links'

let asked: string[][] = []

beforeEach(() => {
  asked = []
  server.use(
    http.get(LINKS, ({ request }) => {
      const ids = new URL(request.url).searchParams.getAll('message_id')
      asked.push(ids)
      return HttpResponse.json({
        expires_at: '2026-11-18T18:00:00Z',
        items: ids.map((id) => ({
          message_id: id,
          url: `${PLACE}${id}/file`,
          thumbnail_url: `${PLACE}${id}/thumbnail`,
          download_url: `${PLACE}${id}/download`,
        })),
      })
    }),
  )
})

function show(...messages: Message[]) {
  renderPage(
    <>
      {messages.map((message) => (
        <MessageContent key={message.id} message={message} />
      ))}
    </>,
  )
}

function withFile(type: string, media: Partial<typeof STORED>, over: Partial<Message> = {}) {
  return aMessage({ type, content: {}, media: { ...STORED, ...media }, ...over })
}

test('a photo opens large, with the keyboard too, and closes with Escape', async () => {
  show(withFile('image', {}, { content: { caption: 'assim?' } }))
  const opener = await screen.findByRole('button', { name: 'Ampliar: assim?' })
  expect(screen.getByRole('img', { name: 'assim?' })).toHaveAttribute(
    'src',
    `${PLACE}message-1/thumbnail`,
  )

  opener.focus()
  await userEvent.keyboard('{Enter}')
  const dialog = await screen.findByRole('dialog', { name: 'assim?' })
  expect(dialog.querySelector('img')).toHaveAttribute('src', `${PLACE}message-1/file`)
  await userEvent.keyboard('{Escape}')

  await waitFor(() => {
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
  })
})

test('what is drawn together asks for its links together', async () => {
  const ids = ['one', 'two', 'three']
  show(...ids.map((id) => withFile('image', {}, { id })))

  await waitFor(() => {
    expect(screen.getAllByRole('button', { name: 'Ampliar: Foto' })).toHaveLength(3)
  })
  expect(asked).toEqual([ids])
})

test('a voice is played, sought and hurried', async () => {
  const play = vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue()
  show(withFile('audio', { mime_type: 'audio/ogg' }, { content: { voice: true } }))
  const player = await screen.findByRole('group', { name: 'Mensagem de voz' })
  const audio = player.querySelector('audio')
  if (!audio) throw new Error('no sound')
  Object.defineProperty(audio, 'duration', { value: 80 })
  fireEvent.durationChange(audio)

  await userEvent.click(screen.getByRole('button', { name: 'Ouvir' }))
  expect(play).toHaveBeenCalledOnce()
  fireEvent.play(audio)
  expect(screen.getByRole('button', { name: 'Pausar' })).toBeVisible()
  fireEvent.change(screen.getByRole('slider', { name: 'Posição no áudio' }), {
    target: { value: '500' },
  })
  expect(audio.currentTime).toBe(40)
  expect(screen.getByText('0:40 / 1:20')).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'Velocidade: 1×' }))
  expect(audio.playbackRate).toBe(1.5)
})

test('a document says its size and is downloaded', async () => {
  const content = { filename: 'nota.pdf', mime_type: 'application/pdf' }
  show(withFile('document', { mime_type: 'application/pdf', size: 1_258_291 }, { content }))

  const link = await screen.findByRole('link', { name: 'Baixar nota.pdf' })
  expect(link).toHaveAttribute('href', `${PLACE}message-1/download`)
  expect(screen.getByText('PDF · 1,2 MB')).toBeVisible()
})

test('a picture that is no picture is only downloaded', async () => {
  show(withFile('image', { mime_type: 'application/octet-stream' }))

  expect(await screen.findByRole('link', { name: 'Baixar Documento' })).toBeVisible()
  expect(screen.queryByRole('img')).not.toBeInTheDocument()
})

test('what is coming says so, and asks for nothing', async () => {
  show(withFile('image', { state: 'waiting' }))

  expect(await screen.findByText('Buscando o arquivo…')).toBeVisible()
  expect(asked).toEqual([])
})

test('what could not be fetched says why and can be tried again', async () => {
  let retried = 0
  server.use(
    http.post('/api/v1/conversations/:id/messages/:message/media/retry', () => {
      retried += 1
      return new HttpResponse(null, { status: 204 })
    }),
  )
  show(withFile('audio', { state: 'failed', error: 'expired' }))

  expect(await screen.findByText(/guarda arquivos por 7 dias/)).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'Tentar de novo' }))
  await waitFor(() => {
    expect(retried).toBe(1)
  })
})
