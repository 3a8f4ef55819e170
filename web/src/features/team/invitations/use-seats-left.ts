import { useUsage } from '../api/rules'

interface Seats {
  allowed: number
  used: number
  isFull: boolean
}

/** How many more may answer customers; nothing where nobody counts. */
export function useSeatsLeft(): Seats | undefined {
  const { data: usage } = useUsage()
  const { allowed, used } = usage?.max_agents ?? { allowed: null, used: 0 }
  if (allowed === null) return undefined
  return { allowed, used, isFull: used >= allowed }
}
