import type { ReactNode } from 'react'
import classes from './tag.module.css'

interface TagProps {
  tone?: 'good' | 'warn' | 'plain'
  children: ReactNode
}

/** How something stands, in a word. The dot is decoration: the word says it all. */
export function Tag({ tone = 'plain', children }: TagProps) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {children}
    </span>
  )
}
