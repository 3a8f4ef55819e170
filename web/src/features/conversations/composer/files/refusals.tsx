import { CloseButton } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { bytes } from '../../media/sizes'
import type { Refusal } from './chosen'
import classes from './files.module.css'

interface RefusalsProps {
  refusals: Refusal[]
  error: unknown
  onClose: () => void
}

/** Why files were not taken, each by the name of its limit. */
export function Refusals({ refusals, error, onClose }: RefusalsProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  if (refusals.length === 0 && !error) return null
  return (
    <div className={classes.refusals} role="alert">
      <IconAlertTriangle size={18} stroke={1.8} aria-hidden="true" />
      <ul>
        {error ? <li>{errorText(error)}</li> : null}
        {refusals.map((refusal, place) => (
          <li key={place}>
            <Why refusal={refusal} />
          </li>
        ))}
      </ul>
      <CloseButton aria-label={t('app.dismiss')} onClick={onClose} />
    </div>
  )
}

function Why({ refusal: { name, reason, kind, size = 0, limit = 0 } }: { refusal: Refusal }) {
  const { t, i18n } = useTranslation()
  if (reason === 'empty') return t('composer.fileEmpty', { name })
  if (reason === 'kind' || kind === undefined) return t('composer.fileKind', { name })
  return t('composer.fileLarge', {
    name,
    size: bytes(size, i18n.language),
    kind: t(`composer.kinds.${kind}`),
    limit: bytes(limit, i18n.language),
  })
}
