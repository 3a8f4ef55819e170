import { Button } from '@mantine/core'
import { IconCompass } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/shared/ui/notice'

export function NotFound() {
  const { t } = useTranslation()

  return (
    <Notice
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
