import { useId, type ReactNode } from 'react'
import classes from './section-card.module.css'

interface SectionCardProps {
  title: string
  description?: ReactNode
  action?: ReactNode
  /** What cannot be taken back lives here. */
  danger?: boolean
  children?: ReactNode
}

/** One matter of a page: a region of its own, named by its title. */
export function SectionCard({
  title,
  description,
  action,
  danger = false,
  children,
}: SectionCardProps) {
  const id = useId()

  return (
    <section className={classes.card} data-danger={danger || undefined} aria-labelledby={id}>
      <div className={classes.head}>
        <div className={classes.titles}>
          <h2 id={id}>{title}</h2>
          {description && <p>{description}</p>}
        </div>
        {action && <div className={classes.action}>{action}</div>}
      </div>
      {children && <div className={classes.body}>{children}</div>}
    </section>
  )
}
