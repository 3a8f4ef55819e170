import { useTranslation } from 'react-i18next'
import classes from './composer.module.css'

/** How much may still be written. Read out only when it is too much: a number at every key helps nobody. */
export function RoomLeft({ left }: { left: number | undefined }) {
  const { t } = useTranslation()
  if (left === undefined) return null
  const isOver = left < 0
  return (
    <span
      className={classes.room}
      data-over={isOver || undefined}
      role={isOver ? 'alert' : undefined}
    >
      {isOver ? t('composer.tooLong', { count: -left }) : t('composer.left', { count: left })}
    </span>
  )
}
