import classes from './numbers.module.css'
import type { Mood } from './standing'

/** A word with the colour of how good it is; the word alone says it, too. */
export function MoodMark({ mood, children }: { mood: Mood; children: string }) {
  return (
    <span className={classes.mood} data-mood={mood}>
      {children}
    </span>
  )
}
