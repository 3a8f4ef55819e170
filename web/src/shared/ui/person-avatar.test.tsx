import { fireEvent } from '@testing-library/react'
import { renderPage } from '@/testing/render'
import { PersonAvatar } from './person-avatar'

const OURS = '/api/v1/avatars/abc'

async function shown(url: string | null) {
  const { container, findByText } = renderPage(
    <>
      <PersonAvatar name="Helena Prado" seed="1" url={url} />
      <p>there</p>
    </>,
  )
  await findByText('there')
  return container
}

test('a picture is shown instead of initials, and initials where it is gone', async () => {
  const page = await shown(OURS)
  const picture = page.querySelector('img')
  expect(picture).toHaveAttribute('src', OURS)
  expect(page).not.toHaveTextContent('HP')
  if (picture) fireEvent.error(picture)
  expect(page.querySelector('img')).toBeNull()
  expect(page).toHaveTextContent('HP')
})

test.each([
  null,
  'https://evil.example/x.png',
  '//evil.example/api/v1/avatars/x',
  'data:image/svg+xml,',
])('%s is asked for nowhere', async (url) => {
  const page = await shown(url)
  expect(page.querySelector('img')).toBeNull()
  expect(page).toHaveTextContent('HP')
})
