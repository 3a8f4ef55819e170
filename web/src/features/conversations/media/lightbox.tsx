import { ActionIcon, Modal } from '@mantine/core'
import { IconDownload, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MediaLinks } from './links'
import classes from './media.module.css'

interface LightboxProps {
  links: MediaLinks
  label: string
  opened: boolean
  onClose: () => void
}

/** A picture as large as the window lets it be. Escape closes it, and the focus goes back to where it was. */
export function Lightbox({ links, label, opened, onClose }: LightboxProps) {
  const { t } = useTranslation()
  return (
    <Modal.Root fullScreen opened={opened} onClose={onClose}>
      <Modal.Overlay />
      <Modal.Content aria-label={label} classNames={{ content: classes.dark }}>
        <Modal.Body className={classes.stage}>
          <div className={classes.tools}>
            <ActionIcon
              component="a"
              href={links.download_url}
              download
              variant="transparent"
              color="white"
              size="lg"
              aria-label={t('media.download')}
            >
              <IconDownload size={20} aria-hidden="true" />
            </ActionIcon>
            <ActionIcon
              variant="transparent"
              color="white"
              size="lg"
              aria-label={t('media.close')}
              onClick={onClose}
              data-autofocus
            >
              <IconX size={22} aria-hidden="true" />
            </ActionIcon>
          </div>
          {links.url && <img className={classes.whole} src={links.url} alt={label} />}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
