import { Button } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '@/shared/api/use-error-text'
import { Notice } from './notice'

interface FailureProps {
  error: unknown
  onRetry: () => void
}

export function Failure({ error, onRetry }: FailureProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()

  return (
    <Notice
      urgent
      icon={<IconPlugConnectedX size={26} stroke={1.6} />}
      title={t('errors.title')}
      action={
        <Button variant="default" onClick={onRetry}>
          {t('errors.retry')}
        </Button>
      }
    >
      {errorText(error)}
    </Notice>
  )
}
