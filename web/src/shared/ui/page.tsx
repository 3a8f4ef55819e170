import type { ReactNode } from 'react'
import classes from './page.module.css'
import { usePageTitle } from './use-page-title'

interface PageProps {
  title: string
  subtitle?: ReactNode
  /** Beside the title, what one comes here to do. */
  actions?: ReactNode
  /** Above the title: the way back. */
  back?: ReactNode
  /** `narrow` for forms, which nobody reads in long lines; `wide` for lists. */
  width?: 'narrow' | 'wide'
  children: ReactNode
}

/** A page that scrolls by itself and names the tab. */
export function Page({ title, subtitle, actions, back, width = 'narrow', children }: PageProps) {
  usePageTitle(title)

  return (
    <div className={classes.page}>
      <div className={classes.column} data-width={width}>
        {back && <div className={classes.back}>{back}</div>}
        <div className={classes.head}>
          <div className={classes.titles}>
            <h1>{title}</h1>
            {subtitle && <p>{subtitle}</p>}
          </div>
          {actions && <div className={classes.actions}>{actions}</div>}
        </div>
        <div className={classes.body}>{children}</div>
      </div>
    </div>
  )
}
