import type { ReactNode } from 'react'
import classes from './notice.module.css'

interface NoticeProps {
  icon?: ReactNode
  title: string
  children?: ReactNode
  action?: ReactNode
  /** Something went wrong: screen readers are told at once. */
  urgent?: boolean
}

/** What a pane shows when it has nothing else to show. */
export function Notice({ icon, title, children, action, urgent = false }: NoticeProps) {
  return (
    <div className={classes.notice} role={urgent ? 'alert' : undefined}>
      {icon && (
        <div className={classes.icon} data-urgent={urgent || undefined} aria-hidden="true">
          {icon}
        </div>
      )}
      <p className={classes.title}>{title}</p>
      {children && <div className={classes.text}>{children}</div>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  )
}
