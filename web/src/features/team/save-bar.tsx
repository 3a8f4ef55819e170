import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './save-bar.module.css'

interface SaveBarProps {
  dirty: boolean
  saving: boolean
  onDiscard: () => void
}

/** Appears when there is something to save, and stays in sight. Lives inside the form that it submits. */
export function SaveBar({ dirty, saving, onDiscard }: SaveBarProps) {
  const { t } = useTranslation()
  if (!dirty && !saving) return null

  return (
    <div className={classes.bar} role="status">
      <span className={classes.text}>{t('team.unsaved')}</span>
      <span className={classes.buttons}>
        <Button variant="default" size="sm" disabled={saving} onClick={onDiscard}>
          {t('team.discard')}
        </Button>
        <Button type="submit" size="sm" loading={saving}>
          {t('team.save')}
        </Button>
      </span>
    </div>
  )
}
