import { fireEvent, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { aMessage, anAnswer } from '@/testing/factories'
import { renderPage } from '@/testing/render'
import { refuse, takeMessages } from '@/testing/thread'
import type { Message } from '../../types'
import { ReactButton } from './react-button'

const user = userEvent.setup({ delay: null })
const asked = aMessage()

async function open(message: Message) {
  renderPage(<ReactButton message={message} />)
  await user.click(await screen.findByRole('button', { name: 'Reagir' }))
}

function reacted(emoji: string): Message {
  return { ...asked, metadata: { reactions: { business: { emoji, timestamp: 1, id: 'w' } } } }
}

test('a common emoji is one click', async () => {
  const requests = takeMessages()
  await open(asked)
  await user.click(await screen.findByRole('button', { name: 'Reagir com ❤️' }))
  await waitFor(() => expect(requests).toHaveLength(1))
  expect(requests[0]?.body).toEqual({
    type: 'reaction',
    content: { message_id: asked.id, emoji: '❤️' },
  })
  expect(requests[0]?.key).toBeTruthy()
})

test('any other is typed', async () => {
  const requests = takeMessages()
  await open(asked)
  fireEvent.change(await screen.findByRole('textbox', { name: 'Outro emoji' }), {
    target: { value: '🎂' },
  })
  await waitFor(() =>
    expect(requests[0]?.body.content).toEqual({ message_id: asked.id, emoji: '🎂' }),
  )
})

test.each(['👍', '🎂'])('%s that is there is taken back by choosing it again', async (emoji) => {
  const requests = takeMessages()
  await open(reacted(emoji))
  const chosen = await screen.findByRole('button', { name: `Retirar ${emoji}` })
  expect(chosen).toHaveAttribute('aria-pressed', 'true')
  await user.click(chosen)
  await waitFor(() =>
    expect(requests[0]?.body.content).toEqual({ message_id: asked.id, emoji: '' }),
  )
})

test('what is refused is told', async () => {
  takeMessages(() => refuse(409, 'window_closed'))
  await open(anAnswer())
  await user.click(await screen.findByRole('button', { name: 'Reagir com 👍' }))
  expect(await screen.findByText(/^A janela de 24 horas fechou/)).toBeVisible()
})
