import { Loader } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import classes from '../numbers.module.css'

interface WaitingProps {
  /** What to say when it is over. */
  done: string | undefined
  children: string
}

export function Waiting({ done, children }: WaitingProps) {
  return (
    <p role="status" className={classes.waiting} data-done={done ? true : undefined}>
      {done ? (
        <IconCircleCheck size={20} aria-hidden="true" />
      ) : (
        <Loader size={16} aria-hidden="true" />
      )}
      {done ?? children}
    </p>
  )
}
