import { IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/shared/ui/notice'
import { usePageTitle } from '@/shared/ui/use-page-title'

/** Where somebody followed a link to a place that is not theirs. */
export function NoAccess() {
  const { t } = useTranslation()
  usePageTitle(t('shell.noAccessTitle'))

  return (
    <Notice alone icon={<IconLock size={26} stroke={1.6} />} title={t('shell.noAccessTitle')}>
      {t('shell.noAccessText')}
    </Notice>
  )
}
