import { IconShoppingBag } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { readRecords, readString, type Json } from '@/shared/json/read'
import classes from './content.module.css'

/** A product by its number in the catalog: what it looks like only WhatsApp knows. */
export function Product({ product }: { product: Json }) {
  const { t } = useTranslation()
  const catalog = readString(product, 'catalog_id')

  return (
    <div className={classes.file}>
      <span className={classes.round}>
        <IconShoppingBag size={18} stroke={1.6} aria-hidden="true" />
      </span>
      <div className={classes.fileText}>
        <strong>{readString(product, 'product_retailer_id') ?? t('message.product')}</strong>
        {catalog && <span className={classes.faint}>{t('message.catalog', { id: catalog })}</span>}
      </div>
    </div>
  )
}

export function Products({ sections }: { sections: Json[] }) {
  const { t } = useTranslation()
  const count = sections.flatMap((section) => readRecords(section, 'product_items')).length

  return (
    <details className={classes.list}>
      <summary className={classes.choice}>
        <IconShoppingBag size={16} stroke={1.8} aria-hidden="true" />
        {t('message.products', { count })}
      </summary>
      {sections.map((section, place) => (
        <div key={place} className={classes.section}>
          <span className={classes.sectionTitle}>{readString(section, 'title')}</span>
          {readRecords(section, 'product_items').map((item, at) => (
            <div key={at} className={classes.row}>
              {readString(item, 'product_retailer_id')}
            </div>
          ))}
        </div>
      ))}
    </details>
  )
}
