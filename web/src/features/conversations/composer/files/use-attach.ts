import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Draft } from '../drafts'
import { isRefusal, sortOut, type Chosen, type Refusal } from './chosen'
import { limitsQuery, type MediaLimits } from './limits'
import { redraw } from './redraw'

interface Attach {
  attach: (files: Iterable<File>) => void
  refusals: Refusal[]
  /** The limits themselves could not be asked for. */
  error: unknown
  forget: () => void
  limits: MediaLimits | undefined
}

/** Puts files beside the words that are being written; what WhatsApp does not take is refused at once. */
export function useAttach({ files, attach: keep }: Draft): Attach {
  const queries = useQueryClient()
  const { data: limits } = useQuery({ ...limitsQuery, enabled: files.length > 0 })
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const [error, setError] = useState<unknown>()

  async function attach(given: Iterable<File>): Promise<void> {
    // The list of a file input empties itself while the limits are on their way.
    const list = [...given]
    setError(undefined)
    try {
      const known = await queries.query({ ...limitsQuery, staleTime: 'static' })
      const sorted = await Promise.all(list.map((file) => sortOrRedraw(file, known)))
      setRefusals(sorted.filter(isRefusal))
      keep(sorted.filter((one): one is Chosen => !isRefusal(one)))
    } catch (cause) {
      setError(cause)
    }
  }

  return {
    attach: (given) => void attach(given),
    refusals,
    error,
    forget: () => {
      setRefusals([])
      setError(undefined)
    },
    limits,
  }
}

async function sortOrRedraw(file: File, limits: MediaLimits): Promise<Chosen | Refusal> {
  const sorted = sortOut(file, limits)
  if (!isRefusal(sorted)) return sorted
  const redrawn = await redraw(file)
  return redrawn ? sortOut(redrawn, limits) : sorted
}
