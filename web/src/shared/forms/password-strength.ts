export const SHORTEST_PASSWORD = 10
export const LONGEST_PASSWORD = 200

export interface Strength {
  /** 0 for nothing typed, 1 weak to 4 strong. */
  score: 0 | 1 | 2 | 3 | 4
  isLongEnough: boolean
  avoidsEmail: boolean
  isHardToGuess: boolean
}

/** Guesses as powers of ten: under this the server refuses. */
const HARD = 8
const SCORES = [5, HARD, 11] as const

/** Words and rows of keys that everybody tries first; each counts as one guess in a thousand. */
const COMMON = [
  ...['senha', 'mudar', 'brasil', 'futebol', 'flamengo', 'corinthians', 'palmeiras', 'santos'],
  ...['amor', 'deus', 'jesus', 'familia', 'minha', 'teste', 'pytake', 'whatsapp', 'empresa'],
  ...['password', 'welcome', 'letmein', 'dragon', 'monkey', 'login', 'admin', 'master', 'user'],
  ...['contrasena', 'clave', 'amigo', 'hola', 'qwerty', 'qwertz', 'asdfgh', 'zxcvbn', 'qazwsx'],
]
const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']
/** Leetspeak is undone before looking: `s3nh4` is `senha`. */
const DISGUISES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
}

/** A guess at what the server will say, while one types. What counts is the server's word. */
export function passwordStrength(password: string, email: string): Strength {
  const rest = withoutEmail(password.toLowerCase(), email)
  const guesses = Math.min(guessesOf(rest), guessesOf(password))
  const avoidsEmail = rest.length >= Math.min(password.length, 6)
  const isLongEnough = password.length >= SHORTEST_PASSWORD
  const isHardToGuess = password !== '' && guesses >= HARD
  return { score: scoreOf(), isLongEnough, avoidsEmail, isHardToGuess }

  function scoreOf(): Strength['score'] {
    if (password === '') return 0
    if (!isLongEnough || !avoidsEmail || guesses < SCORES[0]) return 1
    if (guesses < SCORES[1]) return 2
    return guesses < SCORES[2] ? 3 : 4
  }
}

function withoutEmail(password: string, email: string): string {
  const parts = email.toLowerCase().split(/[^a-z0-9]+/)
  return parts.reduce(
    (left, part) => (part.length >= 4 ? left.replaceAll(part, '') : left),
    password,
  )
}

function guessesOf(password: string): number {
  const plain = Array.from(password.toLowerCase(), undisguised).join('')
  let left = collapsed(password.toLowerCase())
  let words = 0
  for (const word of COMMON) {
    if (!plain.includes(word)) continue
    words += 1
    left = left.slice(0, Math.max(0, left.length - word.length))
  }
  return words * 3 + left.length * Math.log10(alphabetOf(left === '' ? '' : password))
}

function undisguised(letter: string): string {
  return DISGUISES[letter] ?? letter
}

/** `aaaa` and `1234` are as easy as their first two letters; so is what repeats itself. */
function collapsed(password: string): string {
  const once = /^(.+?)\1+$/.exec(password)?.[1] ?? password
  return Array.from(once)
    .filter((letter, at, all) => at < 2 || !goesOn(all[at - 1], letter))
    .join('')
}

function goesOn(before: string | undefined, letter: string): boolean {
  if (before === letter) return true
  return ROWS.some((row) => {
    const from = row.indexOf(before ?? '')
    return from >= 0 && (row[from + 1] === letter || (from > 0 && row[from - 1] === letter))
  })
}

function alphabetOf(password: string): number {
  const kinds: readonly (readonly [RegExp, number])[] = [
    [/[a-z]/, 20],
    [/[A-Z]/, 20],
    [/\d/, 8],
    [/[^a-zA-Z\d]/, 20],
  ]
  return kinds.reduce((size, [kind, more]) => (kind.test(password) ? size + more : size), 1)
}
