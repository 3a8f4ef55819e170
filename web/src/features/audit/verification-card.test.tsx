import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { http, HttpResponse } from 'msw'
import { renderPage } from '@/testing/render'
import { server } from '@/testing/server'
import type { Finding, Verification } from './api'
import { VerificationCard } from './verification-card'

const user = userEvent.setup({ delay: null })

function verified(said: Partial<Verification> & { findings?: Finding[] } = {}): Verification {
  return {
    intact: !said.findings,
    verified_at: new Date().toISOString(),
    actor: 'system',
    user_id: null,
    user_name: null,
    rows: 312,
    findings: [],
    ...said,
  }
}

function aTrail(last: Verification | null, next: Verification = verified()) {
  server.use(
    http.get('*/api/v1/audit-logs/verification', () => HttpResponse.json({ last })),
    http.post('*/api/v1/audit-logs/verification', () => HttpResponse.json({ last: next })),
  )
}

test('says what the last look showed, when it was, and that nobody had to ask', async () => {
  aTrail(verified())
  renderPage(<VerificationCard onRow={vi.fn()} />)
  expect(
    await screen.findByText(/^Íntegra: 312 registros conferidos hoje, .* automaticamente\.$/),
  ).toBeVisible()
  expect(screen.queryByRole('alert')).not.toBeInTheDocument()
})

test('says that nobody has looked, and looks when asked', async () => {
  const next = verified({ actor: 'user', user_id: 'ana', user_name: 'Ana Souza', rows: 20_001 })
  aTrail(null, next)
  renderPage(<VerificationCard onRow={vi.fn()} />)
  expect(await screen.findByText('Ainda não verificada.')).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Verificar agora' }))
  expect(await screen.findByText(/^Íntegra: 20001 registros .* por Ana Souza\.$/)).toBeVisible()
})

test('a broken one raises the alarm with its first broken row, and leads there', async () => {
  aTrail(
    verified({
      findings: [
        { damage: 'foreign', sequence: 7, row_id: 'row-7' },
        { damage: 'changed', sequence: 4, row_id: 'row-4' },
      ],
      actor: 'command',
    }),
  )
  const onRow = vi.fn()
  renderPage(<VerificationCard onRow={onRow} />)
  const alarm = await screen.findByRole('alert')
  expect(alarm).toHaveTextContent('O registro nº 4 não diz mais o que dizia')
  expect(alarm).toHaveTextContent('Há mais 1 problema.')
  expect(alarm).toHaveTextContent(/Conferido hoje, .* no servidor\./)
  await user.click(screen.getByRole('button', { name: 'Ver o registro' }))
  expect(onRow).toHaveBeenCalledWith(4)
})
