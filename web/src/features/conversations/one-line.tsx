import { useTranslation } from 'react-i18next'
import { kindLook } from './kind-look'
import classes from './one-line.module.css'

interface OneLineProps {
  type: string
  text: string | null | undefined
}

/** A message in one line: its words, or what it is. */
export function OneLine({ type, text }: OneLineProps) {
  const { t } = useTranslation()
  const look = kindLook(type)

  return (
    <span className={classes.line}>
      {look && <look.icon size={15} stroke={1.7} aria-hidden="true" />}
      <span className={classes.text}>{text ? plain(text) : look ? t(look.label) : ''}</span>
    </span>
  )
}

/** Marks mean nothing at this size, and a line break would hide the rest. */
function plain(text: string): string {
  return text
    .replace(/```/g, '')
    .replace(/(?<![\p{L}\p{N}])([*_~])(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/\s+/g, ' ')
}
