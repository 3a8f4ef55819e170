import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Keys } from './keys'
import { closeOverlay, useIsOpen } from './overlays'
import classes from './shortcuts.module.css'

const shortcuts = [
  { label: 'shell.shortcutPalette', keys: ['mod', 'K'] },
  { label: 'shell.shortcutHelp', keys: ['?'] },
  { label: 'shell.shortcutSearch', keys: ['/'] },
  { label: 'shell.shortcutWalk', keys: ['↑', '↓'] },
  { label: 'shell.shortcutOpen', keys: ['Enter'] },
  { label: 'shell.shortcutReply', keys: ['Alt', '↑'] },
  { label: 'shell.shortcutBreak', keys: ['Shift', 'Enter'] },
  { label: 'shell.shortcutClose', keys: ['esc'] },
] as const

export function Shortcuts() {
  const { t } = useTranslation()
  const opened = useIsOpen('shortcuts')

  return (
    <Modal
      opened={opened}
      onClose={closeOverlay}
      title={t('shell.shortcuts')}
      size={400}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <dl className={classes.list}>
        {shortcuts.map(({ label, keys }) => (
          <div key={label}>
            <dt>{t(label)}</dt>
            <dd>
              <Keys keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
