import { useState } from 'react'
import { forgetSession } from '@/shared/api/session'
import { keepTyped } from '../email-memory'
import { useEntering, type Entering } from '../use-entering'

interface NewAccount {
  entering: Entering
  /** Once the server has taken the new password: go in with it. */
  enterWith: (email: string, password: string) => void
  /** It was taken. */
  done: boolean
}

/** Somebody has just chosen a password, and should not have to type it again. */
export function useNewAccount(onSignedIn: () => void): NewAccount {
  const [done, setDone] = useState(false)
  const entering = useEntering(onSignedIn)

  function enterWith(email: string, password: string): void {
    // Whoever was signed in here makes room; a refused sign-in must not be taken for their session's end.
    forgetSession()
    keepTyped(email)
    setDone(true)
    entering.enter({ email, password })
  }

  return { entering, enterWith, done }
}
