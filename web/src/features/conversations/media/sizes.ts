const UNITS = ['B', 'KB', 'MB', 'GB']

/** `1234567` → `1,2 MB`, in the language of the page. */
export function bytes(size: number, language: string): string {
  const unit = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(1, size)) / Math.log(1024)))
  const digits = new Intl.NumberFormat(language, { maximumFractionDigits: unit > 1 ? 1 : 0 })
  return `${digits.format(size / 1024 ** unit)} ${UNITS[unit] ?? 'B'}`
}

/** `75` → `1:15`. */
export function length(seconds: number): string {
  const whole = Math.floor(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
