import { Modal } from '@mantine/core'
import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { renderPage } from '@/testing/render'
import { useConfirm } from './confirm'

const user = userEvent.setup({ delay: null })

function Asker({ typed, onAnswer }: { typed?: string; onAnswer: (yes: boolean) => void }) {
  const confirm = useConfirm()
  const question = { title: 'Excluir?', text: 'Para sempre.', confirm: 'Excluir', danger: true }
  return (
    <button onClick={() => void confirm(typed ? { ...question, typed } : question).then(onAnswer)}>
      Pergunta
    </button>
  )
}

test('the word must be typed, and Enter is enough then', async () => {
  const onAnswer = vi.fn()
  renderPage(<Asker typed="padaria" onAnswer={onAnswer} />)
  await user.click(await screen.findByRole('button', { name: 'Pergunta' }))
  const word = await screen.findByLabelText('Para confirmar, digite “padaria”')
  expect(screen.getByRole('button', { name: 'Excluir' })).toBeDisabled()

  await user.type(word, 'padari{Enter}')
  expect(onAnswer).not.toHaveBeenCalled()
  await user.type(word, 'a{Enter}')
  expect(onAnswer).toHaveBeenCalledExactlyOnceWith(true)
})

test('leaving is a no', async () => {
  const onAnswer = vi.fn()
  renderPage(<Asker onAnswer={onAnswer} />)
  await user.click(await screen.findByRole('button', { name: 'Pergunta' }))
  await screen.findByRole('dialog', { name: 'Excluir?' })
  await user.keyboard('{Escape}')
  await vi.waitFor(() => expect(onAnswer).toHaveBeenCalledExactlyOnceWith(false))
})

test('Escape answers the question, and what lies beneath stays', async () => {
  const onClose = vi.fn()
  renderPage(
    <Modal opened onClose={onClose} title="Embaixo">
      <Asker onAnswer={vi.fn()} />
    </Modal>,
  )
  await user.click(await screen.findByRole('button', { name: 'Pergunta' }))
  const question = await screen.findByRole('dialog', { name: 'Excluir?' })
  await user.keyboard('{Escape}')
  await vi.waitFor(() => expect(question).not.toBeInTheDocument())
  expect(onClose).not.toHaveBeenCalled()

  await user.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalledOnce()
})
