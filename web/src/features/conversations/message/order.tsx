import { IconShoppingBag } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { readNumber, readRecords, readString, type Json } from '@/shared/json/read'
import classes from './content.module.css'
import { Markup } from '@/shared/markup/markup'

export function Order({ content }: { content: Json }) {
  const { t } = useTranslation()
  const items = readRecords(content, 'items')
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
          {items.map((item, place) => (
            <OrderLine key={place} item={item} />
          ))}
        </div>
      </div>
      {text && <Markup text={text} />}
    </>
  )
}

function OrderLine({ item }: { item: Json }) {
  const { i18n } = useTranslation()
  const price = readNumber(item, 'item_price')
  const currency = readString(item, 'currency')
  return (
    <span>
      {readNumber(item, 'quantity') ?? 1} × {readString(item, 'product_retailer_id')}
      {price !== undefined && currency && ` · ${money(price, currency, i18n.language)}`}
    </span>
  )
}

/** A currency that is none would be refused by the formatter. */
function money(price: number, currency: string, language: string): string {
  if (!/^[A-Za-z]{3}$/.test(currency)) return `${price} ${currency}`
  return new Intl.NumberFormat(language, { style: 'currency', currency }).format(price)
}
