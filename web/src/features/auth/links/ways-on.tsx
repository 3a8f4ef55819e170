import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

type Page = '/sign-in' | '/forgot-password' | '/conversations'

interface WayOnProps {
  to: Page
  label: string
  secondary?: boolean
}

/** A button that leads to another page. */
export function WayOn({ to, label, secondary = false }: WayOnProps) {
  return (
    <Button
      component={Link}
      to={to}
      size="md"
      fullWidth
      mt="sm"
      variant={secondary ? 'default' : 'filled'}
    >
      {label}
    </Button>
  )
}

export function BackToSignIn() {
  const { t } = useTranslation()
  return <WayOn to="/sign-in" label={t('links.toSignIn')} secondary />
}
