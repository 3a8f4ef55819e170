import { Button } from '@mantine/core'
import { IconMoodSad } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/shared/ui/notice'

export function Crash() {
  const { t } = useTranslation()

  return (
    <Notice
      urgent
      alone
      icon={<IconMoodSad size={26} stroke={1.6} />}
      title={t('app.crashTitle')}
      action={<Button onClick={() => window.location.reload()}>{t('app.reload')}</Button>}
    >
      {t('app.crashText')}
    </Notice>
  )
}
