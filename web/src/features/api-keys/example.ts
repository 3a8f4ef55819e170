import type { Permission } from '@/shared/api/can'
import { requestKey } from '@/shared/api/request-key'

/** What can be asked with each, the most telling first. */
const QUESTIONS: readonly (readonly [Permission, string])[] = [
  ['conversations.read', '/api/v1/conversations?limit=5'],
  ['people.read', '/api/v1/people?limit=5'],
  ['departments.read', '/api/v1/departments'],
  ['organization.read', '/api/v1/organization'],
  ['audit.read', '/api/v1/audit-logs?limit=5'],
  ['api_keys.read', '/api/v1/api-keys'],
]

/** A call that this very key may make, ready for a terminal. */
export function curlExample(origin: string, key: string, scopes: readonly Permission[]): string {
  const found = QUESTIONS.find(([scope]) => scopes.includes(scope))
  const header = `-H 'Authorization: Bearer ${key}'`
  if (found) return `curl ${header} \\\n  '${origin}${found[1]}'`
  if (!scopes.includes('departments.write'))
    return `curl -i ${header} '${origin}/api/v1/organization'`
  return [
    `curl -X POST ${header} \\`,
    "  -H 'Content-Type: application/json' \\",
    `  -H 'Idempotency-Key: ${requestKey()}' \\`,
    `  -d '{"name": "Vendas"}' '${origin}/api/v1/departments'`,
  ].join('\n')
}
