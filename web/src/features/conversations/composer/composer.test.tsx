import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { HttpResponse } from 'msw'
import { currentUserQuery } from '@/shared/api/current-user'
import { signOut } from '@/shared/api/session'
import { aMessage, anAnswer, aUser } from '@/testing/factories'
import { aGate } from '@/testing/gate'
import { aQueryClient, renderPage } from '@/testing/render'
import { answerThread, anOpenConversation, refuse, takeMessages } from '@/testing/thread'
import { conversationKeys } from '../api'
import { ThreadPane } from '../thread/thread-pane'

const ID = 'conversation-1'
const user = userEvent.setup({ delay: null })

async function open(queries = aQueryClient(), conversation = anOpenConversation({ id: ID })) {
  answerThread(conversation, [aMessage(), anAnswer()])
  const view = renderPage(
    <ThreadPane conversationId={ID} detailsShown={false} onToggleDetails={() => undefined} />,
    queries,
  )
  const region = await screen.findByRole('region', { name: 'Mensagens de Mariana Souza' })
  await within(region).findByText('Oi, tem pão de queijo hoje?')
  return { ...view, shown: within(region) }
}

function box(): Promise<HTMLElement> {
  return screen.findByRole('textbox', { name: 'Mensagem para Mariana Souza' })
}

test('what is sent is in the thread at once, and becomes the server’s own message', async () => {
  const answered = aGate()
  const requests = takeMessages(async () => {
    await answered.opened
    return undefined
  })
  const { shown, container } = await open()
  await user.type(await box(), 'Tem sim, Mariana!{Enter}')

  expect(await shown.findByText('Tem sim, Mariana!')).toBeVisible()
  expect(shown.getByRole('img', { name: 'Na fila de envio' })).toBeVisible()
  expect(await box()).toHaveValue('')
  await waitFor(() => expect(requests).toHaveLength(1))
  expect(requests[0]?.body).toEqual({ type: 'text', content: { text: 'Tem sim, Mariana!' } })
  expect(requests[0]?.key).toMatch(/^[\x21-\x7e]{8,}$/)

  answered.open()
  await waitFor(() =>
    expect(container.querySelector('[id^="message-stored-"]')).toHaveTextContent(
      'Tem sim, Mariana!',
    ),
  )
  expect(shown.getAllByText('Tem sim, Mariana!')).toHaveLength(1)
})

test('Shift and Enter break the line, and the Enter that ends a composed letter sends nothing', async () => {
  const requests = takeMessages()
  await open()
  const writing = await box()
  await user.type(writing, 'um{Shift>}{Enter}{/Shift}dois')
  fireEvent.keyDown(writing, { key: 'Enter', isComposing: true })
  expect(writing).toHaveValue('um\ndois')
  await user.type(writing, '{Enter}')
  await waitFor(() => expect(requests[0]?.body.content.text).toBe('um\ndois'))
})

test('several leave one after the other, in their order', async () => {
  const answered = aGate()
  const requests = takeMessages(async (_, count) => {
    if (count === 1) await answered.opened
    return undefined
  })
  const { shown } = await open()
  for (const words of ['um', 'dois', 'três']) await user.type(await box(), `${words}{Enter}`)

  await shown.findByText('três')
  await waitFor(() => expect(requests).toHaveLength(1))
  answered.open()
  await waitFor(() =>
    expect(requests.map(({ body }) => body.content.text)).toEqual(['um', 'dois', 'três']),
  )
  expect(new Set(requests.map(({ key }) => key)).size).toBe(3)
})

test('after a lost answer the same is asked by itself, with the same key', async () => {
  const requests = takeMessages((_, count) => (count === 1 ? HttpResponse.error() : undefined))
  const { container } = await open()
  await user.type(await box(), 'Até já{Enter}')
  await waitFor(() => expect(container.querySelector('[id^="message-stored-"]')).not.toBeNull())
  expect(requests).toHaveLength(2)
  expect(requests[0]).toEqual(requests[1])
})

test('a refusal stops those behind it, and all go again in their order with their keys', async () => {
  let isClosed = true
  const written = aGate()
  const requests = takeMessages(async () => {
    await written.opened
    return isClosed ? refuse(409, 'conflict') : undefined
  })
  const { shown, container } = await open()
  for (const words of ['um', 'dois']) await user.type(await box(), `${words}{Enter}`)
  written.open()

  const failures = await waitFor(() => {
    const alerts = shown.getAllByRole('alert')
    expect(alerts).toHaveLength(2)
    return alerts
  })
  expect(failures[0]).toHaveTextContent('Não enviada. Alguém mudou isto ao mesmo tempo.')
  expect(requests).toHaveLength(1)

  isClosed = false
  await user.click(shown.getAllByRole('button', { name: 'Tentar de novo' })[0] ?? document.body)
  await waitFor(() => expect(container.querySelectorAll('[id^="message-stored-"]')).toHaveLength(2))
  const again = requests.slice(1)
  expect(again.map(({ body }) => body.content.text)).toEqual(['um', 'dois'])
  expect(again[0]?.key).toBe(requests[0]?.key)
  expect(shown.queryByRole('alert')).toBeNull()
})

test('what is refused for its words holds up nobody, and can only be thrown away', async () => {
  takeMessages((_, count) => (count === 1 ? refuse(422, 'whatsapp_limit_exceeded') : undefined))
  const { shown, container } = await open()
  for (const words of ['ruim', 'boa']) await user.type(await box(), `${words}{Enter}`)
  await waitFor(() =>
    expect(container.querySelector('[id^="message-stored-"]')).toHaveTextContent('boa'),
  )
  expect(shown.queryByRole('button', { name: 'Tentar de novo' })).toBeNull()
  await user.click(shown.getByRole('button', { name: 'Descartar' }))
  expect(shown.queryByText('ruim')).toBeNull()
})

test('a message is answered from its bubble, and the thread shows to what', async () => {
  const requests = takeMessages()
  const { shown } = await open()
  await user.click(
    shown.getAllByRole('button', { name: 'Responder a esta mensagem' })[0] ?? document.body,
  )
  expect(await box()).toHaveFocus()
  const form = within(screen.getByRole('form', { name: 'Responder' }))
  expect(form.getByText('Mariana Souza')).toBeVisible()

  await user.keyboard('Tem!{Enter}')
  expect(await shown.findByTitle('Ir para a mensagem citada')).toHaveTextContent(
    'Oi, tem pão de queijo hoje?',
  )
  await waitFor(() => expect(requests[0]?.body.reply_to).toBe('message-1'))
  expect(form.queryByText('Mariana Souza')).toBeNull()
})

test('the keys choose what is answered, and Escape lets go of it', async () => {
  await open()
  const form = within(screen.getByRole('form', { name: 'Responder' }))
  await user.click(await box())
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
  expect(form.getByText('Tem sim, saiu agora do forno!')).toBeVisible()
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
  expect(form.getByText('Oi, tem pão de queijo hoje?')).toBeVisible()
  await user.keyboard('{Escape}')
  expect(form.queryByText('Oi, tem pão de queijo hoje?')).toBeNull()
  expect(await box()).toHaveFocus()
})

test('what was begun stays with its conversation and its author, until they sign out', async () => {
  const first = await open()
  await user.type(await box(), 'Vou ver e')
  first.unmount()

  const second = await open()
  expect(await box()).toHaveValue('Vou ver e')
  second.unmount()

  const others = aQueryClient()
  others.setQueryData(currentUserQuery.queryKey, aUser({ id: 'user-2' }))
  const third = await open(others)
  expect(await box()).toHaveValue('')
  third.unmount()

  expect(sessionStorage.getItem('pytake.drafts')).toContain('Vou ver e')
  signOut()
  expect(sessionStorage.getItem('pytake.drafts')).not.toContain('Vou ver e')
  await open()
  expect(await box()).toHaveValue('')
})

test('a window that closes while one writes says so, and keeps the words', async () => {
  const { queries } = await open()
  await user.type(await box(), 'Já separei')
  const closed = anOpenConversation({ window_expires_at: '2026-11-18T17:00:00Z' })
  queries.setQueryData(conversationKeys.detail(ID), closed)

  expect(await screen.findByText(/^A janela de 24 horas fechou/)).toBeVisible()
  expect(screen.getByText(/Assim que Mariana Souza escrever.*fica guardado\./)).toBeVisible()
  expect(screen.queryByRole('textbox')).toBeNull()
  queries.setQueryData(conversationKeys.detail(ID), anOpenConversation())
  expect(await box()).toHaveValue('Já separei')
})

test('who has little time left is told', async () => {
  const window_expires_at = new Date(Date.now() + 9.5 * 60_000).toISOString()
  await open(aQueryClient(), anOpenConversation({ id: ID, window_expires_at }))
  expect(await screen.findByText('A janela de 24 horas fecha em 9 min.')).toBeVisible()
})

test('what is too long says by how much, and does not leave', async () => {
  const requests = takeMessages()
  await open()
  fireEvent.change(await box(), { target: { value: 'a'.repeat(4099) } })
  expect(await screen.findByText('3 caracteres a mais')).toBeVisible()
  expect(screen.getByRole('button', { name: 'Enviar' })).toBeDisabled()
  await user.type(await box(), '{Enter}')
  fireEvent.change(await box(), { target: { value: 'a'.repeat(4095) } })
  expect(await screen.findByText('Falta 1 caractere')).toBeVisible()
  expect(requests).toHaveLength(0)
})
