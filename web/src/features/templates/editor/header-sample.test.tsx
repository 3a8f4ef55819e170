import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { useState } from 'react'
import { renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import { EMPTY, type Draft } from './draft'
import { edited } from './fields'
import { HeaderSample } from './header-sample'

const user = userEvent.setup({ delay: null })
const photo = new File(['bytes'], 'vitrine.jpg', { type: 'image/jpeg' })
const draft: Draft = { ...EMPTY, header_type: 'IMAGE' }

beforeAll(() => {
  Object.assign(URL, { createObjectURL: () => 'blob:photo', revokeObjectURL: () => undefined })
})

function Sample() {
  const [current, setDraft] = useState(draft)
  return (
    <>
      <HeaderSample
        kind="IMAGE"
        numberId="number-1"
        draft={current}
        issues={[]}
        disabled={false}
        onEdit={(changes) => setDraft(edited(current, changes))}
      />
      <output>{current.header_content}</output>
    </>
  )
}

async function choose(): Promise<void> {
  await screen.findByText('Arquivo de amostra')
  const input = document.querySelector<HTMLInputElement>('input[type="file"]')
  if (input) await user.upload(input, photo)
}

test('the chosen file goes to Meta, and what Meta calls it into the template', async () => {
  let asked = ''
  server.use(
    http.post('*/api/v1/templates/header-samples', ({ request }) => {
      asked = `${new URL(request.url).search} ${request.headers.get('Content-Type') ?? ''}`
      const given = { handle: '4::abc', mime_type: 'image/jpeg', size: 5 }
      return HttpResponse.json(given, { status: 201 })
    }),
  )
  renderPage(<Sample />)

  await choose()

  expect(await screen.findByText('vitrine.jpg')).toBeVisible()
  expect(screen.getByText('4::abc')).toBeVisible()
  expect(screen.getByRole('button', { name: 'Trocar arquivo' })).toBeEnabled()
  expect(asked).toContain('whatsapp_number_id=number-1&header_type=IMAGE')
  expect(asked).toContain('image/jpeg')
})

test('a refusal is told in words, and another file may be chosen', async () => {
  const error = { code: 'number_without_app_id', message: 'No app id.', details: {} }
  server.use(
    http.post('*/api/v1/templates/header-samples', () =>
      HttpResponse.json({ error }, { status: 409 }),
    ),
  )
  renderPage(<Sample />)

  await choose()

  expect(await screen.findByRole('alert')).toHaveTextContent('Falta o ID do app da Meta')
  expect(screen.getByRole('button', { name: 'Escolher arquivo' })).toBeEnabled()
})
