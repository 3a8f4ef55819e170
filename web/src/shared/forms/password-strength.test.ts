import { passwordStrength } from './password-strength'

const EMAIL = 'clara@padaria-aurora.example'

test.each([
  ['', 0],
  ['curta1', 1],
  ['senha12345', 1],
  ['s3nh4123456', 1],
  ['aaaaaaaaaaaa', 1],
  ['qwertyuiop', 1],
  ['abcabcabcabc', 1],
  ['padaria-aurora', 1],
])('%j is no good password', (password, score) => {
  const strength = passwordStrength(password, EMAIL)
  expect(strength.score).toBe(score)
  expect(strength.isHardToGuess && strength.isLongEnough && strength.avoidsEmail).toBe(false)
})

test.each(['pão de queijo quentinho', 'correct horse battery', 'xK9#vQ2m!tRw'])(
  '%j is strong',
  (password) => {
    expect(passwordStrength(password, EMAIL)).toEqual({
      score: 4,
      isLongEnough: true,
      avoidsEmail: true,
      isHardToGuess: true,
    })
  },
)

test('what is missing is told one by one', () => {
  expect(passwordStrength('xK9#vQ2', EMAIL)).toMatchObject({
    isLongEnough: false,
    avoidsEmail: true,
  })
  expect(passwordStrength('padariaaurora', EMAIL)).toMatchObject({
    isLongEnough: true,
    avoidsEmail: false,
  })
  expect(passwordStrength('1234567890', EMAIL)).toMatchObject({
    isLongEnough: true,
    isHardToGuess: false,
  })
})
