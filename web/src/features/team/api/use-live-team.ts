import { useQueryClient } from '@tanstack/react-query'
import { useLiveEvents } from '@/shared/api/live'
import { teamKeys } from './keys'

/** What a colleague changes about people is seen here without asking. */
export function useLiveTeam(): void {
  const queries = useQueryClient()

  function forget(): void {
    void queries.invalidateQueries({ queryKey: teamKeys.all })
  }
  useLiveEvents({
    onEvents: (events) => {
      if (events.some(({ type }) => type === 'person.changed')) forget()
    },
    onGap: forget,
  })
}
