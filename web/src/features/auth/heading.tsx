import { useEffect, useRef, type ReactNode } from 'react'
import { usePageTitle } from '@/shared/ui/use-page-title'
import classes from './heading.module.css'

interface HeadingProps {
  title: string
  children?: ReactNode
  /** It took the place of another: whoever cannot see that is brought here. */
  arrived?: boolean
}

/** The title of a page before signing in, also of the tab. */
export function Heading({ title, children, arrived = false }: HeadingProps) {
  usePageTitle(title)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (arrived) heading.current?.focus()
  }, [arrived])

  return (
    <>
      <h1 ref={heading} className={classes.title} tabIndex={arrived ? -1 : undefined}>
        {title}
      </h1>
      <p className={classes.subtitle}>{children}</p>
    </>
  )
}
