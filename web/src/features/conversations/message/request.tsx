import {
  IconAddressBook,
  IconBuildingStore,
  IconExternalLink,
  IconForms,
  IconMapPin,
  IconPhone,
  IconPhoneCheck,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { readRecord, readRecords, readString, type Json } from '@/shared/json/read'
import { Cards } from './cards'
import classes from './content.module.css'
import { Offer, OneTap } from './offer'
import { Product, Products } from './products'

interface Tap {
  icon: Icon
  label: string | undefined
}

/** What one message of ours asks or offers: to open a page, fill in a form, call, look at products. */
export function Request({ content }: { content: Json }) {
  const tap = useTap(content)
  const product = readRecord(content, 'product')
  const list = readRecord(content, 'product_list')

  return (
    <Offer content={content}>
      {product && <Product product={product} />}
      {list && <Products sections={readRecords(list, 'sections')} />}
      <Cards cards={readRecords(content, 'cards')} />
      {tap && (
        <div className={classes.choices}>
          <OneTap {...tap} />
        </div>
      )}
    </Offer>
  )
}

function useTap(content: Json): Tap | undefined {
  const { t } = useTranslation()
  const link = readRecord(content, 'url_button')
  const form = readRecord(content, 'form')
  const call = readRecord(content, 'call_button')
  if (link) return { icon: IconExternalLink, label: readString(link, 'title') }
  if (form) return { icon: IconForms, label: readString(form, 'flow_cta') }
  if (call) return { icon: IconPhone, label: readString(call, 'title') ?? t('message.callUs') }
  if (readRecord(content, 'address')) return { icon: IconMapPin, label: t('message.askAddress') }
  if (readRecord(content, 'catalog')) {
    return { icon: IconBuildingStore, label: t('message.openCatalog') }
  }
  switch (readString(content, 'request')) {
    case 'location':
      return { icon: IconMapPin, label: t('message.askLocation') }
    case 'contact_info':
      return { icon: IconAddressBook, label: t('message.askPhone') }
    case 'call_permission':
      return { icon: IconPhoneCheck, label: t('message.askCall') }
    default:
      return undefined
  }
}
