import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef, type ReactNode } from 'react'
import classes from './tab-strip.module.css'

interface TabStripProps {
  label: string
  /** Links. */
  children: ReactNode
}

/** The parts of a page, each with an address. Where there is no room for all, one slides to the open one. */
export function TabStrip({ label, children }: TabStripProps) {
  const strip = useRef<HTMLElement>(null)
  const { pathname } = useLocation()

  useEffect(() => {
    const open = strip.current?.querySelector('[aria-current=page]')
    open?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [pathname])

  return (
    <nav ref={strip} className={classes.strip} aria-label={label}>
      {children}
    </nav>
  )
}
