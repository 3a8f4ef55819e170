import { useTranslation } from 'react-i18next'
import { readString, type Json } from '@/shared/json/read'
import classes from './content.module.css'

/** A reaction whose message is not on the page; the others hang on theirs. */
export function Reaction({ content }: { content: Json }) {
  const { t } = useTranslation()
  const emoji = readString(content, 'emoji')
  return (
    <span className={classes.faint}>
      {emoji ? t('message.reacted', { emoji }) : t('message.reactionRemoved')}
    </span>
  )
}
