import 'react'

declare module 'react' {
  // An index signature has no shorter form.
  // eslint-disable-next-line @typescript-eslint/consistent-indexed-object-style
  interface CSSProperties {
    [variable: `--${string}`]: string | number | undefined
  }
}
