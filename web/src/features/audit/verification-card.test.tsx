import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import type { Finding } from './api'
import { VerificationCard } from './verification-card'

const user = userEvent.setup({ delay: null })

function aTrail(length: number, findings: Finding[] = []) {
  const asked = vi.fn()
  server.use(
    http.get('*/api/v1/audit-logs', () =>
      HttpResponse.json({ items: [{ sequence: length }], names: {}, next: null }),
    ),
    http.get('*/api/v1/audit-logs/verification', () => {
      asked()
      return HttpResponse.json({
        intact: findings.length === 0,
        verified_at: new Date().toISOString(),
        rows: length,
        findings,
      })
    }),
  )
  return asked
}

test('a short trail is verified by itself, and says when', async () => {
  aTrail(312)
  renderPage(<VerificationCard onRow={vi.fn()} />)
  expect(await screen.findByText(/^Íntegra: 312 registros conferidos hoje, /)).toBeVisible()
  expect(screen.queryByRole('alert')).not.toBeInTheDocument()
})

test('a long one only when asked', async () => {
  const asked = aTrail(20_001)
  renderPage(<VerificationCard onRow={vi.fn()} />)
  expect(await screen.findByText(/Ainda não verificada/)).toBeVisible()
  expect(asked).not.toHaveBeenCalled()
  await user.click(screen.getByRole('button', { name: 'Verificar agora' }))
  expect(await screen.findByText(/^Íntegra: 20001 registros/)).toBeVisible()
})

test('a broken one raises the alarm with its first broken row, and leads there', async () => {
  aTrail(9, [
    { damage: 'foreign', sequence: 7, row_id: 'row-7' },
    { damage: 'changed', sequence: 4, row_id: 'row-4' },
  ])
  const onRow = vi.fn()
  renderPage(<VerificationCard onRow={onRow} />)
  const alarm = await screen.findByRole('alert')
  expect(alarm).toHaveTextContent('O registro nº 4 não diz mais o que dizia')
  expect(alarm).toHaveTextContent('Há mais 1 problema.')
  await user.click(screen.getByRole('button', { name: 'Ver o registro' }))
  expect(onRow).toHaveBeenCalledWith(4)
})
