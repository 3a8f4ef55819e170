import { Skeleton } from '@mantine/core'
import classes from './conversation-list.module.css'

const WIDTHS = [62, 48, 70, 54, 66, 44, 58, 50]

export function ListSkeleton({ label }: { label: string }) {
  return (
    <div role="status" className={classes.ghosts} aria-label={label}>
      {WIDTHS.map((width, index) => (
        <div key={index} className={classes.ghost}>
          <Skeleton circle height={42} />
          <div>
            <Skeleton height={12} width={`${width}%`} radius="sm" />
            <Skeleton height={10} width={`${width + 22}%`} radius="sm" mt={9} />
          </div>
        </div>
      ))}
    </div>
  )
}
