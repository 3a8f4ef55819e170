import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { renderPage } from '@/testing/render'
import { RecoveryCodes } from './recovery-codes'

const user = userEvent.setup({ delay: null })
const CODES = ['abcd-efgh-jkmn-pqrs', 'tuvw-xyz2-3456-789a']

test('nobody goes on before they say that they have the codes', async () => {
  const onSaved = vi.fn()
  renderPage(
    <RecoveryCodes codes={CODES} email="helena@padaria-aurora.example" onSaved={onSaved} />,
  )
  expect(await screen.findByText('abcd-efgh-jkmn-pqrs')).toBeVisible()
  const finish = screen.getByRole('button', { name: 'Concluir' })
  expect(finish).toBeDisabled()

  await user.click(screen.getByLabelText('Guardei os códigos em lugar seguro'))
  await user.click(finish)
  expect(onSaved).toHaveBeenCalledOnce()
})
