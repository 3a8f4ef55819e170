import { dayTitle } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import { useTimeStyle } from '@/shared/format/use-time-style'
import classes from './message-list.module.css'

export function DayMark({ at }: { at: Date }) {
  const now = useNow()
  const style = useTimeStyle()
  return (
    <h3 className={classes.dayMark}>
      <span>{dayTitle(at, now, style)}</span>
    </h3>
  )
}
