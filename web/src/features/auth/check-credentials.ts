export interface Problems {
  email?: 'signIn.emailMissing' | 'signIn.emailInvalid' | undefined
  password?: 'signIn.passwordMissing' | undefined
}

/** What can be told without asking the server; whether they are right is the server's to say. */
export function checkCredentials(email: string, password: string): Problems {
  return { email: emailProblem(email.trim()), password: passwordProblem(password) }
}

export function emailProblem(email: string): Problems['email'] {
  if (email === '') return 'signIn.emailMissing'
  return /^[^\s@]+@[^\s@]+$/.test(email) ? undefined : 'signIn.emailInvalid'
}

function passwordProblem(password: string): Problems['password'] {
  return password === '' ? 'signIn.passwordMissing' : undefined
}
