import { screen } from '@testing-library/react'
import { aConversation } from '@/testing/factories'
import { renderPage } from '@/testing/render'
import type { Conversation } from '../types'
import { FreeEntryCard } from './free-entry-card'

const HOUR = 60 * 60 * 1000

function inHours(hours: number): string {
  return new Date(Date.now() + hours * HOUR + HOUR / 2).toISOString()
}

async function show(over: Partial<Conversation>) {
  renderPage(
    <>
      <p>Detalhes</p>
      <FreeEntryCard conversation={aConversation(over)} />
    </>,
  )
  await screen.findByText('Detalhes')
}

test('who came through an advertisement waits for an answer that opens free hours', async () => {
  await show({ free_entry_answer_by: inHours(3) })
  expect(screen.getByText(/^Responda até/)).toBeVisible()
  expect(screen.getByText(/72 horas sem cobrança/)).toBeVisible()
})

test('the free hours say how long they last, and that they open no window', async () => {
  await show({ free_entry_expires_at: inHours(40), window_expires_at: inHours(-2) })
  expect(screen.getByText(/^Faltam 40 h/)).toBeVisible()
  expect(screen.getByText(/nada do que você envia é cobrado/)).toBeVisible()
  expect(screen.getByText(/só um modelo pode ser enviado/)).toBeVisible()
})

test('while the window is open nothing is said of templates', async () => {
  await show({ free_entry_expires_at: inHours(70), window_expires_at: inHours(20) })
  expect(screen.getByText(/^Faltam 70 h/)).toBeVisible()
  expect(screen.queryByText(/só um modelo/)).toBeNull()
})

test('what is over, or never was, is not spoken of', async () => {
  await show({ free_entry_expires_at: inHours(-2), free_entry_answer_by: inHours(-2) })
  expect(screen.queryByText('Conversa gratuita')).toBeNull()
})
