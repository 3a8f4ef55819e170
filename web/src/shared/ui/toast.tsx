import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCheck, IconExclamationMark } from '@tabler/icons-react'
import { i18n } from '@/shared/i18n/i18n'
import classes from './toast.module.css'

interface Done {
  undo?: () => void
}

/** Long enough to read; what can be undone, long enough to regret. */
const READ = 4_000
const REGRET = 9_000

export function toastDone(text: string, { undo }: Done = {}): void {
  const id = notifications.show({
    message: undo ? <Undoable text={text} onUndo={() => takeBack(id, undo)} /> : text,
    color: 'green',
    icon: <IconCheck size={16} stroke={2.2} />,
    autoClose: undo ? REGRET : READ,
    closeButtonProps: { 'aria-label': i18n.t('app.dismiss') },
  })
}

/** For what failed far from any field; beside a field belongs the field's own error. */
export function toastFailed(text: string): void {
  notifications.show({
    message: text,
    color: 'red',
    icon: <IconExclamationMark size={16} stroke={2.2} />,
    autoClose: REGRET,
    closeButtonProps: { 'aria-label': i18n.t('app.dismiss') },
  })
}

function takeBack(id: string, undo: () => void): void {
  notifications.hide(id)
  undo()
}

function Undoable({ text, onUndo }: { text: string; onUndo: () => void }) {
  return (
    <span className={classes.undoable}>
      <span>{text}</span>
      <Button variant="default" size="compact-sm" onClick={onUndo}>
        {i18n.t('app.undo')}
      </Button>
    </span>
  )
}
