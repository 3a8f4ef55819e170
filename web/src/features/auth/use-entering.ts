import { useState } from 'react'
import { ApiError } from '@/shared/api/errors'
import { readNumber } from '@/shared/json/read'
import { useSignIn, type Credentials } from './api'
import type { Pause } from './use-seconds-left'

export interface Lock extends Pause {
  email: string
}

export interface Entering {
  enter: (credentials: Credentials) => void
  isPending: boolean
  /** Why it did not go well; that a code is asked for is no error. */
  error: Error | null
  /** The right password, for which the server wants a code too. */
  waitingForCode: Credentials | undefined
  backToPassword: () => void
  lock: Lock | undefined
}

/** Signing in, in one step or two. */
export function useEntering(onSignedIn: () => void): Entering {
  const signIn = useSignIn()
  const [waitingForCode, setWaitingForCode] = useState<Credentials>()
  const [lock, setLock] = useState<Lock>()

  function enter(credentials: Credentials): void {
    signIn.mutate(credentials, {
      onSuccess: onSignedIn,
      onError: (error) => {
        if (asksForCode(error)) setWaitingForCode(credentials)
        setLock(lockOf(error, credentials.email))
      },
    })
  }

  return {
    enter,
    isPending: signIn.isPending,
    error: asksForCode(signIn.error) ? null : signIn.error,
    waitingForCode,
    backToPassword: () => {
      signIn.reset()
      setWaitingForCode(undefined)
    },
    lock,
  }
}

function asksForCode(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'second_factor_needed'
}

function lockOf(error: unknown, email: string): Lock | undefined {
  if (!(error instanceof ApiError) || error.status !== 429) return undefined
  const seconds = readNumber(error.details, 'retry_after')
  const since = Date.now()
  return seconds === undefined ? undefined : { email, since, until: since + seconds * 1000 }
}
