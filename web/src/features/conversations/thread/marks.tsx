import { IconInfoCircle } from '@tabler/icons-react'
import { dayTitle } from '@/shared/format/time'
import { useNow } from '@/shared/format/use-now'
import { useTimeStyle } from '@/shared/format/use-time-style'
import { readString } from '@/shared/json/read'
import type { Message } from '../types'
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

/** Something that happened in the thread without anybody saying it. */
export function NoticeLine({ message }: { message: Message }) {
  return (
    <p className={classes.notice}>
      <IconInfoCircle size={14} stroke={1.8} aria-hidden="true" />
      {readString(message.content, 'text') ?? ''}
    </p>
  )
}
