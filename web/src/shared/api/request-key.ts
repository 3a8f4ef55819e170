/** For `Idempotency-Key`. `crypto.randomUUID` exists only on pages that came over TLS. */
export function requestKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
