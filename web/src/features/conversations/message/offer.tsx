import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { readRecord, readString, type Json } from '@/shared/json/read'
import { Markup } from '@/shared/markup/markup'
import classes from './content.module.css'
import { Heading } from './heading'

interface OfferProps {
  content: Json
  children: ReactNode
}

/** The words around what can be tapped. */
export function Offer({ content, children }: OfferProps) {
  const text = readString(content, 'text')
  const footer = readString(content, 'footer')

  return (
    <>
      <Heading header={readString(content, 'header') ?? readRecord(content, 'header')} />
      {text && <Markup text={text} />}
      {footer && <div className={classes.faint}>{footer}</div>}
      {children}
    </>
  )
}

interface OneTapProps {
  icon: Icon
  label: string | undefined
}

export function OneTap({ icon: Sign, label }: OneTapProps) {
  return (
    <span className={classes.choice}>
      <Sign size={16} stroke={1.8} aria-hidden="true" />
      {label}
    </span>
  )
}
