import type { ReactNode } from 'react'
import classes from './notice.module.css'

interface NoticeProps {
  icon?: ReactNode
  title: string
  children?: ReactNode
  action?: ReactNode
  /** Something went wrong: screen readers are told at once. */
  urgent?: boolean
  /** It is all there is on the page: its title is the page's. */
  alone?: boolean
}

/** What a pane shows when it has nothing else to show. */
export function Notice({
  icon,
  title,
  children,
  action,
  urgent = false,
  alone = false,
}: NoticeProps) {
  const Title = alone ? 'h1' : 'p'

  return (
    <div
      className={classes.notice}
      data-alone={alone || undefined}
      role={urgent ? 'alert' : undefined}
    >
      {icon && (
        <div className={classes.icon} data-urgent={urgent || undefined} aria-hidden="true">
          {icon}
        </div>
      )}
      <Title className={classes.title}>{title}</Title>
      {children && <div className={classes.text}>{children}</div>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  )
}
