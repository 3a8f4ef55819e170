import { IconHelpHexagon, IconShoppingBag, IconTemplate } from '@tabler/icons-react'
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

export function Order({ content }: KindProps) {
  const { t } = useTranslation()
  const items = readRecords(content, 'product_items')
  const text = readString(content, 'text')

  return (
    <>
      <div className={classes.file}>
        <span className={classes.round}>
          <IconShoppingBag size={18} stroke={1.7} aria-hidden="true" />
        </span>
        <div className={classes.fileText}>
          <strong>{t('message.order')}</strong>
          {items.length > 0 && (
            <span className={classes.faint}>
              {t('message.orderItems', { count: items.length })}
            </span>
          )}
        </div>
      </div>
      {text && <Markup text={text} />}
    </>
  )
}

export function Unsupported({ content }: KindProps) {
  const { t } = useTranslation()
  const kind = readString(content, 'kind')

  return (
    <div className={classes.unsupported}>
      <IconHelpHexagon size={18} stroke={1.6} aria-hidden="true" />
      <div>
        {t('message.unsupported')}
        {kind && <code>{kind}</code>}
        <div className={classes.faint}>{t('message.unsupportedText')}</div>
      </div>
    </div>
  )
}
