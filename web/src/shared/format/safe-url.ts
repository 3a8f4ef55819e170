/** The address if it is one a browser may be sent to; `javascript:` and its kin are not. */
export function safeUrl(address: string | null | undefined): string | undefined {
  if (!address || !URL.canParse(address)) return undefined
  const { protocol, href } = new URL(address)
  return protocol === 'https:' || protocol === 'http:' ? href : undefined
}
