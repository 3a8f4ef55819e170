import { IconHelpHexagon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { readRecord, readRecords, readString, type Json } from '@/shared/json/read'
import classes from './content.module.css'

export function Unsupported({ content }: { content: Json }) {
  const { t } = useTranslation()
  const kind = readString(content, 'kind')
  const reason = reasonOf(content)

  return (
    <div className={classes.unsupported}>
      <IconHelpHexagon size={18} stroke={1.6} aria-hidden="true" />
      <div>
        {t(kind === 'edit' ? 'message.editedUnseen' : 'message.unsupported')}
        {kind && kind !== 'edit' && <code>{kind}</code>}
        <div className={classes.faint}>
          {t(kind === 'edit' ? 'message.editedUnseenText' : 'message.unsupportedText')}
        </div>
        {reason && <div className={classes.faint}>{t('message.reason', { reason })}</div>}
      </div>
    </div>
  )
}

/** In Meta's own words, which are English. */
function reasonOf(content: Json): string | undefined {
  const error = readRecords(readRecord(content, 'raw') ?? {}, 'errors')[0]
  if (!error) return undefined
  return readString(readRecord(error, 'error_data') ?? {}, 'details') ?? readString(error, 'title')
}
