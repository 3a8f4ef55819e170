import { Children, type ReactNode } from 'react'
import classes from './deck.module.css'

interface DeckProps {
  /** None: it is a picture of a deck, and nobody moves through it. */
  label?: string
  children: ReactNode
}

/** Cards side by side, to be moved through with a finger, a wheel or the arrow keys. */
export function Deck({ label, children }: DeckProps) {
  const cards = Children.toArray(children)
  if (cards.length === 0) return null

  return (
    <div
      className={classes.deck}
      {...(label && { role: 'region', tabIndex: 0, 'aria-label': label })}
    >
      <ol className={classes.row}>
        {cards.map((card, place) => (
          <li key={place} className={classes.card}>
            {card}
          </li>
        ))}
      </ol>
    </div>
  )
}
