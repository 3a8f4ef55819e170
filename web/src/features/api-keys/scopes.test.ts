import { curlExample } from './example'
import { endOf } from './expiry'
import { isEnded, stateOf } from './key-state'
import { offered, presets, scopeGroups, seesNothing } from './scopes'

const NOW = new Date('2026-11-18T17:30:00Z')

function aKey(revoked_at: string | null, expires_at: string | null) {
  return {
    id: 'k',
    name: 'ERP',
    prefix: 'ptk_1',
    scopes: [],
    created_by: null,
    created_by_name: null,
    last_used_at: null,
    created_at: '2026-11-01T00:00:00Z',
    revoked_at,
    expires_at,
  }
}

test('every permission that is offered stands in one group', () => {
  expect(scopeGroups.flatMap(({ scopes }) => scopes).sort()).toEqual([...offered].sort())
  expect(offered).not.toContain('conversations.read_number')
})

test('reading changes nothing', () => {
  expect(presets.reading.filter((scope) => !scope.includes('.read'))).toEqual([])
  expect(presets.reading).toContain('audit.read')
})

test('a key that reads conversations and sees none is told so', () => {
  expect(seesNothing(['conversations.read', 'people.read'])).toBe(true)
  expect(seesNothing(['conversations.read', 'conversations.read_all'])).toBe(false)
  expect(seesNothing(['people.read'])).toBe(false)
})

test.each([
  [null, null, 'endless', false],
  [null, '2027-11-18T00:00:00Z', 'until', false],
  [null, '2026-11-20T00:00:00Z', 'soon', false],
  [null, '2026-11-18T17:30:00Z', 'expired', true],
  ['2026-11-17T00:00:00Z', '2026-11-20T00:00:00Z', 'revoked', true],
] as const)('revoked %s, expires %s: %s', (revoked, expires, kind, ended) => {
  const key = aKey(revoked, expires)
  expect(stateOf(key, NOW).kind).toBe(kind)
  expect(isEnded(key, NOW)).toBe(ended)
})

test('a key is good to the end of its last day, where the organization is', () => {
  expect(endOf('custom', '2026-11-30', NOW, 'America/Sao_Paulo')).toBe('2026-12-01T03:00:00.000Z')
  expect(endOf('d30', '', NOW, 'America/Sao_Paulo')).toBe('2026-12-18T17:30:00.000Z')
  expect(endOf('never', '', NOW, 'America/Sao_Paulo')).toBeNull()
})

test('the example asks for something that the key may', () => {
  expect(curlExample('https://x.example', 'ptk_a_b', ['departments.read'])).toBe(
    "curl -H 'Authorization: Bearer ptk_a_b' \\\n  'https://x.example/api/v1/departments'",
  )
  expect(curlExample('https://x.example', 'ptk_a_b', ['departments.write'])).toContain(
    'Idempotency-Key',
  )
})
