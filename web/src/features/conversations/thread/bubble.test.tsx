import { screen } from '@testing-library/react'
import { aMessage } from '@/testing/factories'
import { renderPage } from '@/testing/render'
import type { Message } from '../types'
import { Bubble } from './bubble'

async function roomOf(message: Message): Promise<number> {
  const { container } = renderPage(
    <Bubble
      message={message}
      first
      last
      quote={undefined}
      reactions={[]}
      contactName="Ana"
      canReply={false}
      onQuote={() => undefined}
    />,
  )
  await screen.findAllByText('Chego às 9h30')
  const row = container.querySelector<HTMLElement>('[data-direction]')
  return parseFloat(row?.style.getPropertyValue('--meta-room') ?? '')
}

test('the last line leaves room for the time, and for the word that it was edited', async () => {
  const said = aMessage({ content: { text: 'Chego às 9h30' } })
  const edited = aMessage({
    ...said,
    metadata: { original: { text: 'Chego às 9' }, edits: [{ content: said.content }] },
  })
  const room = await roomOf(said)
  expect(await roomOf(edited)).toBeGreaterThan(room + 'editada'.length * 0.35)
})

test('what Meta holds back says so', async () => {
  const held = { held: 'held_for_quality_assessment' }
  const message = aMessage({ direction: 'outbound', status: 'accepted', metadata: held })
  renderPage(
    <Bubble
      message={message}
      first
      last
      quote={undefined}
      reactions={[]}
      contactName="Ana"
      canReply={false}
      onQuote={() => undefined}
    />,
  )
  expect(await screen.findByText(/A Meta segurou este modelo/)).toBeVisible()
})
