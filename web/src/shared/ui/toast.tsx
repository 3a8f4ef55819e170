import { Button } from '@mantine/core'
import { notifications, type NotificationData } from '@mantine/notifications'
import { IconCheck, IconExclamationMark } from '@tabler/icons-react'
import { i18n } from '@/shared/i18n/i18n'
import classes from './toast.module.css'

interface Done {
  undo?: () => void
}

/** Long enough to read; what can be undone, long enough to regret. */
const READ = 4_000
const REGRET = 9_000

/** The newest is the only one that counts: an older "undo" would undo something else by now. */
let newest: string | undefined

export function toastDone(text: string, { undo }: Done = {}): void {
  const id = show({
    message: undo ? <Undoable text={text} onUndo={() => takeBack(id, undo)} /> : text,
    color: 'green',
    icon: <IconCheck size={16} stroke={2.2} />,
    autoClose: undo ? REGRET : READ,
  })
}

/** For what failed far from any field; beside a field belongs the field's own error. */
export function toastFailed(text: string): void {
  show({
    message: text,
    color: 'red',
    icon: <IconExclamationMark size={16} stroke={2.2} />,
    autoClose: REGRET,
  })
}

function show(told: NotificationData): string {
  if (newest !== undefined) notifications.hide(newest)
  newest = notifications.show({
    ...told,
    withBorder: true,
    closeButtonProps: { 'aria-label': i18n.t('app.dismiss') },
  })
  return newest
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
