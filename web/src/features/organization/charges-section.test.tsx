import { act, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import type { Charge } from './api'
import { ChargesSection } from './charges-section'

const user = userEvent.setup({ delay: null })

function aCharge(over: Partial<Charge> = {}): Charge {
  return {
    month: '2026-11-01',
    whatsapp_number_id: 'number-1',
    display_name: 'Aurora Centro',
    phone_number: '551130000100',
    category: 'marketing',
    charged: 1200,
    free: 3,
    ...over,
  }
}

function serve(items: Charge[]): void {
  server.use(http.get('*/api/v1/organization/charges', () => HttpResponse.json({ items })))
}

test('the newest month is shown, and another can be chosen', async () => {
  serve([
    aCharge(),
    aCharge({ category: 'something_new', charged: 7 }),
    aCharge({ month: '2026-10-01', category: 'utility', charged: 9 }),
  ])
  renderPage(<ChargesSection />)
  const table = await screen.findByRole('table', { name: 'O que o WhatsApp cobra' })
  expect(await within(table).findByText('Marketing')).toBeVisible()
  expect(within(table).getByText('1.200')).toBeVisible()
  expect(within(table).getByText('something_new')).toBeVisible()
  expect(within(table).queryByText('Utilidade')).toBeNull()

  await user.click(screen.getByRole('combobox', { name: 'Mês' }))
  await user.click(await screen.findByRole('option', { name: 'outubro de 2026' }))
  expect(await within(table).findByText('Utilidade')).toBeVisible()
  expect(within(table).queryByText('Marketing')).toBeNull()
})

test('without a priced message it says so, and there is nothing to download', async () => {
  serve([])
  renderPage(<ChargesSection />)
  expect(await screen.findByText('Nenhuma mensagem com preço ainda')).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Baixar CSV' })).toBeNull()
})

test('what is counted while somebody looks appears, and a failed look keeps what was shown', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  try {
    serve([])
    renderPage(<ChargesSection />)
    expect(await screen.findByText('Nenhuma mensagem com preço ainda')).toBeVisible()

    serve([aCharge()])
    await act(() => vi.advanceTimersByTimeAsync(10_000))
    expect(await screen.findByText('Marketing')).toBeVisible()

    server.use(
      http.get('*/api/v1/organization/charges', () => new HttpResponse(null, { status: 404 })),
    )
    await act(() => vi.advanceTimersByTimeAsync(10_000))
    expect(screen.getByText('Marketing')).toBeVisible()
  } finally {
    vi.useRealTimers()
  }
})
