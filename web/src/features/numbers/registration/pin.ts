export function isPin(text: string): boolean {
  return /^\d{6}$/.test(text)
}
