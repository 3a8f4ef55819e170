import { screen } from '@testing-library/react'
import { renderPage } from '@/testing/render'
import { UseBar } from './use-bar'

const aUse = { allowed: null, used: 100_000, is_more: true }

test('says that there is more than was counted', async () => {
  renderPage(<UseBar label="Contatos" use={aUse} allowed={null} />)
  expect(await screen.findByText('100.000+')).toBeVisible()
})

test('says so of a limit that was passed, too, and counts the rest as it is', async () => {
  const { unmount } = renderPage(<UseBar label="Contatos" use={aUse} allowed={50_000} />)
  expect(await screen.findByText('100.000+ de 50.000')).toBeVisible()
  unmount()
  renderPage(
    <UseBar label="Contatos" use={{ ...aUse, used: 7, is_more: false }} allowed={50_000} />,
  )
  expect(await screen.findByText('7 de 50.000')).toBeVisible()
})
