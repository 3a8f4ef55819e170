import { IconTemplate } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { readRecords, readString, type Json } from '@/shared/json/read'
import classes from './content.module.css'
import { Markup } from '@/shared/markup/markup'

interface KindProps {
  content: Json
}

export function Template({ content }: KindProps) {
  const { t } = useTranslation()
  const name = readString(content, 'name')
  const text = readString(content, 'text') ?? parameters(content).join(' · ')

  return (
    <>
      <div className={classes.tapped}>
        <IconTemplate size={16} stroke={1.8} aria-hidden="true" />
        <span className={classes.faint}>
          {name ? t('message.templateNamed', { name }) : t('message.template')}
        </span>
      </div>
      {text && <Markup text={text} />}
    </>
  )
}

/** What was put into the template's blanks. */
function parameters(content: Json): string[] {
  return readRecords(content, 'components')
    .flatMap((component) => readRecords(component, 'parameters'))
    .flatMap((parameter) => readString(parameter, 'text') ?? [])
}

/** A reaction whose message is not on the page; the others hang on theirs. */
export function Reaction({ content }: KindProps) {
  const { t } = useTranslation()
  const emoji = readString(content, 'emoji')
  return (
    <span className={classes.faint}>
      {emoji ? t('message.reacted', { emoji }) : t('message.reactionRemoved')}
    </span>
  )
}
