import { IconArrowForwardUp, IconArrowForwardUpDouble, IconSpeakerphone } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { safeUrl } from '@/shared/format/safe-url'
import { readRecord, readString, type Json } from '@/shared/json/read'
import type { Message } from '../types'
import classes from './origin.module.css'

/** An advertisement that brought the customer, a product it is about, a message passed on from another chat. */
export function Origin({ message: { metadata } }: { message: Message }) {
  const referral = readRecord(metadata, 'referral')
  const context = readRecord(metadata, 'context')
  const product = context && readRecord(context, 'referred_product')
  return (
    <>
      {referral && <Referral referral={referral} />}
      {product && <Product product={product} />}
      {context && <Forwarded context={context} />}
    </>
  )
}

function Forwarded({ context }: { context: Json }) {
  const { t } = useTranslation()
  const often = context.frequently_forwarded === true
  if (!often && context.forwarded !== true) return null
  const Arrow = often ? IconArrowForwardUpDouble : IconArrowForwardUp
  return (
    <div className={classes.origin}>
      <Arrow size={14} stroke={1.8} aria-hidden="true" />
      {t(often ? 'message.forwardedOften' : 'message.forwarded')}
    </div>
  )
}

function Product({ product }: { product: Json }) {
  const { t } = useTranslation()
  const id = readString(product, 'product_retailer_id')
  return <div className={classes.origin}>{t('message.aboutProduct', { id: id ?? '' })}</div>
}

/** Its picture is Meta's, for a while: a browser asks for it only when somebody wants to see it. */
function Referral({ referral }: { referral: Json }) {
  const { t } = useTranslation()
  const link = safeUrl(readString(referral, 'source_url'))
  const picture = safeUrl(
    readString(referral, 'image_url') ?? readString(referral, 'thumbnail_url'),
  )
  const headline = readString(referral, 'headline')
  const body = readString(referral, 'body')

  return (
    <div className={classes.referral}>
      <div className={classes.origin}>
        <IconSpeakerphone size={14} stroke={1.8} aria-hidden="true" />
        {t(readString(referral, 'source_type') === 'post' ? 'message.fromPost' : 'message.fromAd')}
      </div>
      {headline && <strong>{headline}</strong>}
      {body && <span>{body}</span>}
      {link && <Outside href={link}>{t('message.openAd')}</Outside>}
      {picture && <Outside href={picture}>{t('message.openAdPicture')}</Outside>}
    </div>
  )
}

function Outside({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  )
}
