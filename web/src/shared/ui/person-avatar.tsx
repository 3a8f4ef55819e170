import { IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { hueOf, initialsOf } from './person-avatar-look'
import classes from './person-avatar.module.css'

interface PersonAvatarProps {
  /** What the initials are made of; nothing for a person without a name. */
  name: string | null
  /** What the colour is made of: the same person keeps it everywhere. */
  seed: string
  /** Their picture: an address the server told. */
  url?: string | null | undefined
  /** It stands for several people. */
  group?: boolean
  size?: number
}

/** No other server hears who looks at whom. */
const OURS = '/api/v1/avatars/'

export function PersonAvatar({ name, seed, url, group, size = 40 }: PersonAvatarProps) {
  const [gone, setGone] = useState<string>()
  const shown = url?.startsWith(OURS) && url !== gone ? url : undefined

  return (
    <span
      className={classes.avatar}
      aria-hidden="true"
      style={{ '--size': `${size}px`, '--hue': hueOf(seed) }}
    >
      {shown ? (
        <img
          className={classes.picture}
          src={shown}
          alt=""
          draggable={false}
          onError={() => setGone(shown)}
        />
      ) : (
        (initialsOf(name) ?? (group ? <IconUsers size="58%" stroke={1.9} /> : <Silhouette />))
      )}
    </span>
  )
}

function Silhouette() {
  return (
    <svg viewBox="0 0 24 24" width="58%" height="58%" fill="currentColor">
      <circle cx="12" cy="8.2" r="4.2" />
      <path d="M3.6 20.4c.5-4.3 4-7 8.4-7s7.9 2.7 8.4 7c.1.6-.4 1.1-1 1.1H4.6c-.6 0-1.1-.5-1-1.1Z" />
    </svg>
  )
}
