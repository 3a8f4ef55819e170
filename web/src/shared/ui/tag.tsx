import type { ReactNode } from 'react'
import classes from './tag.module.css'

export type Tone = 'good' | 'wait' | 'warn' | 'bad' | 'plain'

interface TagProps {
  tone?: Tone | undefined
  /** In the place of the dot. */
  mark?: ReactNode
  children: ReactNode
}

/** How something stands, in a word. The dot is decoration: the word says it all. */
export function Tag({ tone = 'plain', mark, children }: TagProps) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {mark ?? <span className={classes.dot} aria-hidden="true" />}
      {children}
    </span>
  )
}
