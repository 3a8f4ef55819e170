import type { password as source } from '../pt-br/password'

export const password: typeof source = {
  password: {
    show: 'Show or hide the password',
    missing: 'Choose a password.',
    weak: 'Weak',
    fair: 'Fair',
    good: 'Good',
    strong: 'Strong',
    long: 'At least 10 characters',
    noEmail: 'Nothing of your e-mail',
    hard: 'Hard to guess: a few words do well',
    met: '(ok)',
    refused: {
      length: 'The password must have {{shortest}} to {{longest}} characters.',
      too_easy:
        'This password is easy to guess. Avoid common words with numbers, rows of keys and parts of your e-mail.',
    },
  },
}
