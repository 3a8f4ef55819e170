import { Skeleton } from '@mantine/core'
import classes from './message-list.module.css'

/** Wide and narrow, theirs and ours: the shape of a talk that is on its way. */
const SHAPES = [
  [58, 'flex-start'],
  [34, 'flex-start'],
  [46, 'flex-end'],
  [64, 'flex-end'],
  [28, 'flex-start'],
  [52, 'flex-end'],
] as const

export function ThreadSkeleton({ label }: { label: string }) {
  return (
    <div className={classes.skeleton} role="status" aria-label={label}>
      {SHAPES.map(([width, side], index) => (
        <Skeleton
          key={index}
          height={index % 3 === 1 ? 34 : 52}
          width={`${width}%`}
          radius="lg"
          style={{ alignSelf: side }}
        />
      ))}
    </div>
  )
}
