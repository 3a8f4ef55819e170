import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { closeOverlay, useIsOpen } from '../overlays'
import { PaletteBox } from './palette-box'
import classes from './palette.module.css'

/** Go anywhere, do anything, by typing. */
export function Palette() {
  const { t } = useTranslation()
  const opened = useIsOpen('palette')

  return (
    <Modal.Root
      opened={opened}
      onClose={closeOverlay}
      size={580}
      yOffset="12vh"
      classNames={{ content: classes.content }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t('shell.search')}>
        <PaletteBox onDone={closeOverlay} />
      </Modal.Content>
    </Modal.Root>
  )
}
