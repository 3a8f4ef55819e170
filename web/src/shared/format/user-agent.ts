export interface DeviceName {
  /** `Chrome`, or the first word of a program. */
  browser: string | undefined
  /** `Windows`. */
  system: string | undefined
  kind: 'computer' | 'phone' | 'tablet' | 'program'
}

/** In this order: most browsers also claim to be another. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome|Chromium)\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
]

const systems: readonly (readonly [RegExp, string])[] = [
  [/\bWindows\b/, 'Windows'],
  [/\biPad\b/, 'iPadOS'],
  [/\b(iPhone|iPod)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
]

/** What a person would call it. Browsers say less and less of themselves, and more of it is made up. */
export function deviceName(userAgent: string | null): DeviceName {
  const said = userAgent ?? ''
  const browser = first(browsers, said)
  const system = first(systems, said)
  if (browser === undefined && system === undefined) {
    return { browser: /^[\w.-]+/.exec(said)?.[0], system, kind: 'program' }
  }
  return { browser, system, kind: kindOf(said) }
}

function first(known: typeof browsers, said: string): string | undefined {
  return known.find(([sign]) => sign.test(said))?.[1]
}

function kindOf(said: string): DeviceName['kind'] {
  if (/\biPad\b/.test(said) || (/\bAndroid\b/.test(said) && !/\bMobile\b/.test(said)))
    return 'tablet'
  return /\bMobile\b|\biPhone\b|\biPod\b/.test(said) ? 'phone' : 'computer'
}
