import { Button } from '@mantine/core'
import { IconCompass } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/shared/ui/notice'
import { usePageTitle } from '@/shared/ui/use-page-title'

export function NotFound() {
  const { t } = useTranslation()
  usePageTitle(t('app.notFoundTitle'))

  return (
    <Notice
      alone
      icon={<IconCompass size={26} stroke={1.6} />}
      title={t('app.notFoundTitle')}
      action={
        <Button component={Link} to="/conversations">
          {t('app.goHome')}
        </Button>
      }
    >
      {t('app.notFoundText')}
    </Notice>
  )
}
