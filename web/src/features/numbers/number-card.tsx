import { IconStarFilled } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { formatPhone } from '@/shared/format/phone'
import type { WhatsAppNumber } from './api'
import { numberName } from './number-name'
import { NumberFacts } from './number-facts'
import classes from './numbers.module.css'

export function NumberCard({ number }: { number: WhatsAppNumber }) {
  const { t } = useTranslation()

  return (
    <article className={classes.card}>
      <div className={classes.head}>
        <div>
          <h2 className={classes.name}>
            <Link to="/numbers/$id" params={{ id: number.id }}>
              {numberName(number)}
            </Link>
          </h2>
          <p className={classes.phone}>{formatPhone(number.phone_number)}</p>
        </div>
        {number.is_default && (
          <span className={classes.default}>
            <IconStarFilled size={14} aria-hidden="true" />
            {t('numbers.default')}
          </span>
        )}
      </div>
      <NumberFacts number={number} />
    </article>
  )
}
