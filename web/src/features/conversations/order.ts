interface Placed {
  id: string
  created_at: string
}

/** Oldest first. Two messages of one instant keep the order of their ids, which grow with time. */
export function byAge(one: Placed, other: Placed): number {
  const difference = Date.parse(one.created_at) - Date.parse(other.created_at)
  if (difference !== 0) return difference
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0
}

interface Active {
  id: string
  last_message_at: string
}

/** Newest activity first. */
export function byActivity(one: Active, other: Active): number {
  const difference = Date.parse(other.last_message_at) - Date.parse(one.last_message_at)
  if (difference !== 0) return difference
  return one.id < other.id ? 1 : one.id > other.id ? -1 : 0
}
