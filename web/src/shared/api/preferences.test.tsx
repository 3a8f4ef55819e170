import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { i18n, startTranslations } from '@/shared/i18n/i18n'
import { aUser } from '@/testing/factories'
import { aQueryClient, renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import { currentUserQuery } from './current-user'
import { useChoose, useFollowPreferences } from './preferences'
import { openSession } from './session'

const user = userEvent.setup({ delay: null })

function Page() {
  const choose = useChoose()
  useFollowPreferences()
  return (
    <button
      onClick={() => {
        choose.language('en')
        choose.theme('dark')
      }}
    >
      choose
    </button>
  )
}

function told() {
  const sent: unknown[] = []
  server.use(
    http.patch('*/api/v1/profile', async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json(aUser())
    }),
  )
  return sent
}

afterEach(() => startTranslations('pt-BR'))

test('what somebody chose elsewhere is found here', async () => {
  const queries = aQueryClient()
  const chosen = aUser({ preferences: { language: 'es', theme: 'dark' } })
  queries.setQueryData(currentUserQuery.queryKey, chosen)
  renderPage(<Page />, queries)
  await vi.waitFor(() => expect(i18n.language).toBe('es'))
  expect(document.documentElement).toHaveAttribute('data-mantine-color-scheme', 'dark')
})

test('whoever never chose keeps what this browser has', async () => {
  renderPage(<Page />)
  await screen.findByRole('button')
  expect(i18n.language).toBe('pt-BR')
})

test('a choice shows at once, and is kept with the person', async () => {
  openSession('t')
  const sent = told()
  const { queries } = renderPage(<Page />)
  await user.click(await screen.findByRole('button'))
  await vi.waitFor(() => expect(i18n.language).toBe('en'))
  await vi.waitFor(() => expect(sent).toEqual([{ language: 'en' }, { theme: 'dark' }]))
  expect(queries.getQueryData(currentUserQuery.queryKey)?.preferences).toEqual({
    language: 'en',
    theme: 'dark',
  })
})

test('a stranger chooses for this browser only', async () => {
  const sent = told()
  renderPage(<Page />)
  await user.click(await screen.findByRole('button'))
  await vi.waitFor(() => expect(i18n.language).toBe('en'))
  expect(sent).toEqual([])
})
