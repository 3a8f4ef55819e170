import { CloseButton } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { QuotedWords } from '../thread/quoted-words'
import type { Message } from '../types'
import { ReactButton } from './reactions/react-button'
import classes from './composer.module.css'

interface QuoteBarProps {
  quoted: Message | undefined
  name: string
  onRemove: () => void
}

/** The message that is being answered, above what answers it. Told by voice, for keys choose it as well. */
export function QuoteBar({ quoted, name, onRemove }: QuoteBarProps) {
  const { t } = useTranslation()
  return (
    <div aria-live="polite">
      {quoted && (
        <div className={classes.quote}>
          <IconArrowBackUp size={18} stroke={1.8} aria-hidden="true" />
          <div className={classes.quoted}>
            <QuotedWords message={quoted} contactName={name} />
          </div>
          <ReactButton message={quoted} onReacted={onRemove} />
          <CloseButton aria-label={t('composer.removeQuote')} onClick={onRemove} />
        </div>
      )}
    </div>
  )
}
